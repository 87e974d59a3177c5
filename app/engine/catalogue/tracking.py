"""Marking where a click on a product came from."""

from __future__ import annotations

from urllib.parse import urlencode


def marks(recommended_by: str, code: str) -> str:
    """Write the marks of an answer, the same for all its products."""
    return urlencode({"recommended_by": recommended_by, "recommended_code": code})


def marked(url: str, marks: str) -> str:
    """Add the marks to an address as the shop wrote it, which is left as it is (rees46.md#product-addresses)."""
    page, hash_sign, fragment = url.partition("#")
    return f"{page}{'&' if '?' in page else '?'}{marks}{hash_sign}{fragment}"
