"""What can be said of a template without rendering it: the variables that it asks for, and what Liquid passes over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.liquid.filters.registry import FILTERS

if TYPE_CHECKING:
    from app.liquid.nodes import Body, Node


def variables_of(body: Body) -> list[str]:
    """Name the paths that have to be given, each once, in the order of appearance."""
    return list(dict.fromkeys(_asked(body, set())))


def _asked(body: Body, names: set[str]) -> Iterator[str]:
    """Name the paths of a body that do not begin with a name that the template itself gives."""
    for node in _tags(body):
        yield from (str(path) for path in node.paths() if isinstance(path.name, str) and path.name not in names)
        for inner in node.bodies():
            inside = names | set(node.inner_names())
            yield from _asked(inner, inside)
            names |= inside - set(node.inner_names())
        names |= set(node.names())


def faults_of(body: Body) -> Iterator[tuple[int, str]]:
    """Name what Liquid does not understand and passes over without a word, and its line."""
    for node in _tags(body):
        if node.output:
            if node.output.fault:
                yield node.line, node.output.fault
            for one in node.output.filters:
                if one.name not in FILTERS:
                    yield node.line, f"There is no filter '{one.name}'"
        for inner in node.bodies():
            yield from faults_of(inner)


def _tags(body: Body) -> Iterator[Node]:
    return (node for node in body.nodes if not isinstance(node, str))
