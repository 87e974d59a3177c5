"""Liquid templates as people see them filled: the texts, every variable that was missing, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app import liquid

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True)
class Preview:
    """Templates filled with variables. When one is wrong, `wrong` says why, and `part` and `line` where."""

    texts: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    wrong: str = ""
    part: str = ""
    line: int | None = None


def preview(sources: Mapping[str, str], variables: Mapping[str, Any], html: Collection[str] = ()) -> Preview:
    """Fill templates; nothing is sent, and a template that asks for too much is stopped."""
    try:
        filled = liquid.render(sources, variables, html=[part for part in html if part in sources])
    except liquid.Unrenderable as wrong:
        return Preview(wrong=wrong.message, part=wrong.part, line=wrong.line)
    return Preview(filled.texts, filled.missing)


def asked_for(sources: Mapping[str, str]) -> tuple[str, ...]:
    """Name the variables that templates ask for; none when one of them is wrong: the preview says how."""
    try:
        return liquid.variables_of(sources)
    except liquid.Unrenderable:
        return ()
