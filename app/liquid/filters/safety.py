"""Filters in HTML: what the template says stays HTML, what was given is escaped where they come together."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from app.liquid.filters.registry import FilterFunction

JOINING = {"append", "prepend", "replace", "replace_first", "replace_last", "join", "newline_to_br"}
SAFE = {"escape", "h", "escape_once", "url_encode", "base64_encode", "base64_url_safe_encode"}
UNSAFE = {"url_decode", "base64_decode", "base64_url_safe_decode"}


def made_safe(name: str, function: FilterFunction, value: Any, arguments: list[Any]) -> Any:
    """Apply a filter to texts of which some are HTML (Markup) and others are not."""
    texts = [text for text in (value, *arguments) if isinstance(text, str)]
    is_html = any(isinstance(text, Markup) for text in texts) or name == "newline_to_br"
    if name in JOINING and is_html:
        result = function(_escaped(value), *map(_escaped, arguments))
        return Markup(result)  # noqa: S704  # all of it is escaped or the template's own
    result = function(_bare(value), *map(_bare, arguments))
    is_safe = name in SAFE or (texts and name not in UNSAFE and all(isinstance(text, Markup) for text in texts))
    return _as_html(result) if is_safe else result


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return str(escape(value))
    return [_escaped(item) for item in value] if isinstance(value, list) else value


def _bare(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _as_html(value: Any) -> Any:
    if isinstance(value, str):
        return Markup(value)  # noqa: S704  # it was HTML before
    return [_as_html(item) for item in value] if isinstance(value, list) else value
