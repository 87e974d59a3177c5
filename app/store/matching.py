"""Looking for words in a column, in capitals or not: SQLite folds only Latin ones, so each usual spelling is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute


def spellings(words: str) -> set[str]:
    """Give the usual ways to write words."""
    return {words, words.lower(), words.title(), words.upper()}


def holds(column: InstrumentedAttribute[str], words: str) -> ColumnElement[bool]:
    """Whether the words stand anywhere in a column."""
    return or_(*(column.contains(spelt, autoescape=True) for spelt in spellings(words)))
