"""The words that paths of the box begin with: no short link may have them as its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Map

RESERVED = frozenset({"control"})  # that of the control API, also where it is off: it may be on tomorrow


def first_words(app: Flask) -> frozenset[str]:
    """Name the first part of each path that is answered."""
    return words_of(app.url_map)


def words_of(paths: Map) -> frozenset[str]:
    """Name the first part of each path of a map, those with a variable in it left out."""
    first = {rule.rule.split("/")[1] for rule in paths.iter_rules()}
    return RESERVED | frozenset(word for word in first if "<" not in word)
