"""The attributes of a field, put together in one go: WTForms formats each by a template and escapes it twice."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup, escape


def attributes(**given: object) -> Markup:
    """Write attributes in the order of their names, as WTForms does: True is a bare name, False is none."""
    written = [
        _name(name) if value is True else f'{_name(name)}="{_quoted(value)}"'
        for name, value in sorted(given.items())
        if value is not False
    ]
    return Markup(" ".join(written))  # noqa: S704  # values are escaped here, names are our own


@cache
def _name(given: str) -> str:
    """`class_` is `class`, and `aria_label` is `aria-label`."""
    name = given.rstrip("_")
    return name.replace("_", "-") if name.startswith(("data_", "aria_")) else name


def _quoted(value: object) -> str:
    return str.replace(escape(value), '"', "&quot;")  # markup may hold quotes
