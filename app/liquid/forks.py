"""Where a template goes one way or another by what it is given: what a test of it should try."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.liquid.syntax.conditions import Condition, Test
from app.liquid.syntax.expressions import Literal, Path
from app.liquid.tags.branches import Branches
from app.liquid.tags.loops import For

if TYPE_CHECKING:
    from app.liquid.nodes import Body, Node

IS_THERE, IS_GIVEN, EACH = "is there", "default", "each"


@dataclass(frozen=True)
class Fork:
    """A variable that decides something: compared by a sign, asked whether it is there, or gone through."""

    path: str
    sign: str
    value: Any = None


def forks_of(body: Body) -> list[Fork]:
    """Name what decides in a body, each once, in the order of appearance; what the template itself sets decides not."""
    return list(dict.fromkeys(_forks(body, set())))


def _forks(body: Body, names: set[str]) -> Iterator[Fork]:
    for node in body.nodes:
        if isinstance(node, str):
            continue
        yield from (fork for fork in _of(node) if fork.path.partition(".")[0].partition("[")[0] not in names)
        inside = names | set(node.inner_names())
        for inner in node.bodies():
            yield from _forks(inner, inside)
        names |= set(node.names())


def _of(node: Node) -> Iterator[Fork]:
    if isinstance(node, Branches):
        for branch in node.branches:
            yield from _compared(branch.condition)
    elif isinstance(node, For) and isinstance(node.collection, Path):
        yield Fork(str(node.collection), EACH)
    elif (
        (output := node.output)
        and isinstance(output.source, Path)
        and "default" in {one.name for one in output.filters}
    ):
        yield Fork(str(output.source), IS_GIVEN)


def _compared(condition: Condition | None) -> Iterator[Fork]:
    while condition:
        yield from _comparison(condition)
        condition = condition.next


def _comparison(condition: Condition) -> Iterator[Fork]:
    left, sign, right = condition.left, condition.sign, condition.right
    if isinstance(left, Literal) and isinstance(right, Path):
        left, right, sign = right, left, TURNED.get(sign or "", sign)
    if not isinstance(left, Path):
        return
    if sign is None or right is None or isinstance(right, Test):
        yield Fork(str(left), IS_THERE)
    elif isinstance(right, Literal):
        yield Fork(str(left), sign, _plain(right))


TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def _plain(literal: Literal) -> Any:
    value = literal.literal
    return str(value) if isinstance(value, str) else value
