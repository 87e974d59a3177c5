"""Marking where a click on a product came from."""

from __future__ import annotations

from urllib.parse import urlencode


def marked(url: str, recommended_by: str, code: str) -> str:
    """Add the marks to an address as the shop wrote it, which is left as it is (CONTRACT §5.10)."""
    page, hash_sign, fragment = url.partition("#")
    joint = "&" if "?" in page else "?"
    marks = urlencode({"recommended_by": recommended_by, "recommended_code": code})
    return f"{page}{joint}{marks}{hash_sign}{fragment}"
