"""Filters for HTML, URLs and Base64."""

from __future__ import annotations

import base64
import html
import re
from typing import Any
from urllib.parse import quote_plus, unquote_to_bytes

from app.liquid.errors import LiquidError
from app.liquid.filters.registry import FILTERS, a_filter
from app.liquid.values.text import to_text

ENTITIES = {"&": "&amp;", ">": "&gt;", "<": "&lt;", '"': "&quot;", "'": "&#39;"}
UNESCAPED = re.compile(r"""["><']|&(?!([a-zA-Z]+|(#[0-9]+));)""")
BLOCKS = re.compile(r"<script.*?</script>|<!--.*?-->|<style.*?</style>", re.DOTALL)
TAGS = re.compile(r"<.*?>", re.DOTALL)
LINE_END = re.compile(r"\r?\n")


@a_filter
def escape(value: Any) -> str | None:
    return None if value is None else html.escape(to_text(value)).replace("&#x27;", "&#39;")


FILTERS["h"] = escape


@a_filter
def escape_once(value: Any) -> str:
    return UNESCAPED.sub(lambda match: ENTITIES[match[0]], to_text(value))


@a_filter
def strip_html(value: Any) -> str:
    return TAGS.sub("", BLOCKS.sub("", to_text(value)))


@a_filter
def newline_to_br(value: Any) -> str:
    return LINE_END.sub("<br />\n", to_text(value))


@a_filter
def url_encode(value: Any) -> str | None:
    return None if value is None else quote_plus(to_text(value))


@a_filter
def url_decode(value: Any) -> str | None:
    if value is None:
        return None
    try:
        return unquote_to_bytes(to_text(value).replace("+", " ")).decode()
    except UnicodeDecodeError:
        raise LiquidError("invalid byte sequence in UTF-8") from None


@a_filter
def base64_encode(value: Any) -> str:
    return base64.b64encode(to_text(value).encode()).decode()


@a_filter
def base64_decode(value: Any) -> str:
    return _decoded(to_text(value), "base64_decode")


@a_filter
def base64_url_safe_encode(value: Any) -> str:
    return base64.urlsafe_b64encode(to_text(value).encode()).decode()


@a_filter
def base64_url_safe_decode(value: Any) -> str:
    text = to_text(value)
    padding = "" if text.endswith("=") else "=" * (-len(text) % 4)
    return _decoded(text.translate(str.maketrans("-_", "+/")) + padding, "base64_url_safe_decode")


def _decoded(text: str, name: str) -> str:
    """Decode what is exactly the Base64 of something."""
    try:
        content = base64.b64decode(text, validate=True)
    except ValueError:
        content = None
    if content is None or base64.b64encode(content).decode() != text:
        raise LiquidError(f"invalid base64 provided to {name}")
    return content.decode("utf-8", "replace")
