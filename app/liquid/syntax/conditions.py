"""What `if`, `unless` and `case` ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.liquid.errors import FaultySyntax, LiquidError
from app.liquid.syntax.expressions import Expression, Literal, Path, parse_expression
from app.liquid.syntax.patterns import BLANK, NO_BLANK, VALUE
from app.liquid.values.compare import ORDER, contains, equal, is_blank, is_empty, is_true, ordered

if TYPE_CHECKING:
    from app.liquid.context import Context

WORD = rf"(?:\b(?:{BLANK}?and{BLANK}?|{BLANK}?or{BLANK}?)\b)"
PARTS = re.compile(rf"(?:{WORD}|(?:{BLANK}*(?!{WORD})(?:{VALUE}|{NO_BLANK}+){BLANK}*)+)")
COMPARISON = re.compile(rf"({VALUE}){BLANK}*([=!<>a-z_]+)?{BLANK}*({VALUE})?")
FAULT = "Syntax Error in tag 'if' - Valid syntax: if [expression]"


class Test(Expression):
    """The words `blank` and `empty` in a comparison: what a value is asked for. Alone they are true."""

    def __init__(self, name: str) -> None:
        self.name = name

    def value(self, context: Context) -> Test:  # noqa: ARG002  # it needs none
        return self

    def of(self, value: Any) -> bool:
        if isinstance(value, Test):
            return False
        return is_blank(value) if self.name == "blank" else is_empty(value)

    def __str__(self) -> str:
        return ""


TESTS = {name: Test(name) for name in ("blank", "empty")}


@dataclass
class Condition:
    """A comparison, and the one that follows it behind `and` or `or`: those to the right bind more."""

    left: Expression
    sign: str | None = None
    right: Expression | None = None
    relation: str = ""
    next: Condition | None = None

    def is_met(self, context: Context) -> bool:
        condition: Condition | None = self
        result = False
        while condition:
            result = condition.has_result(context)
            if (condition.relation == "or" and result) or (condition.relation == "and" and not result):
                break
            condition = condition.next
        return result

    def has_result(self, context: Context) -> bool:
        if self.sign is None:
            with context.tolerating():
                return is_true(self.left.value(context))
        with context.tolerating(self._asks_whether_there_is_one()):
            left = self.left.value(context)
            right = self.right.value(context) if self.right else None
        return compare(left, self.sign, right)

    def _asks_whether_there_is_one(self) -> bool:
        """Whether it compares with `blank`, `empty`, nil or an empty text."""
        nothing = (side for side in (self.left, self.right) if isinstance(side, Literal) and side.literal in {None, ""})
        return isinstance(self.left, Test) or isinstance(self.right, Test) or any(nothing)

    def paths(self) -> Iterator[Path]:
        for side in (self.left, self.right):
            if side:
                yield from side.paths()
        if self.next:
            yield from self.next.paths()


def compare(left: Any, sign: str, right: Any) -> bool:
    if sign == "==":
        return _are_equal(left, right)
    if sign in {"!=", "<>"}:
        return not _are_equal(left, right)
    if sign in ORDER:
        return ordered(left, sign, right)
    if sign == "contains":
        right = str(right) if isinstance(right, Test) and isinstance(left, str) else right
        return contains(left, right)
    raise LiquidError(f"Unknown operator {sign}")


def _are_equal(left: Any, right: Any) -> bool:
    if isinstance(left, Test):
        return left.of(right)
    return right.of(left) if isinstance(right, Test) else equal(left, right)


def parse_side(markup: str | None) -> Expression:
    """Read one side of a comparison."""
    return TESTS.get(markup or "") or parse_expression(markup)


def parse_condition(markup: str) -> Condition:
    """Read comparisons from the last to the first, skipping what is neither a value nor a sign."""
    parts = PARTS.findall(markup)
    condition = _comparison(parts)
    while parts:
        relation = parts.pop().strip()
        previous = _comparison(parts)
        if relation not in {"and", "or"}:
            raise FaultySyntax(FAULT)
        previous.relation, previous.next = relation, condition
        condition = previous
    return condition


def _comparison(parts: list[str]) -> Condition:
    match = COMPARISON.search(parts.pop()) if parts else None
    if match is None:
        raise FaultySyntax(FAULT)
    return Condition(parse_side(match[1]), match[2], parse_side(match[3]) if match[3] else None)
