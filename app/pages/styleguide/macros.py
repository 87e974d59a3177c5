"""Reads what the macros of templates/components say about themselves: the comment before each, and its signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from flask import current_app

COMMENT = r"{#-?\s*(?P<words>[^#]*(?:#(?!})[^#]*)*?)\s*-?#}"
MACRO = r"{%-?\s*macro\s+(?P<signature>\w+\([^%]*\))"
DOCUMENTED = re.compile(rf"{COMMENT}\s*{MACRO}")


@dataclass(frozen=True)
class Macro:
    """A macro: what it is for and how it is called."""

    signature: str
    words: str
    example: str


@cache
def macros(component: str) -> list[Macro]:
    """List the documented macros of a component, such as `form`, in the order of its file."""
    loader = current_app.jinja_loader
    if loader is None:
        return []
    source = loader.get_source(current_app.jinja_env, f"components/{component}.html")[0]
    return [_macro(match) for match in DOCUMENTED.finditer(source)]


def _macro(match: re.Match[str]) -> Macro:
    lines = [line.strip() for line in match["words"].splitlines()]
    start = next((n for n, line in enumerate(lines) if line.startswith(("{{", "{%"))), len(lines))
    return Macro(match["signature"], " ".join(lines[:start]), "\n".join(lines[start:]))
