"""Values as a template writes them: texts, numbers, ranges, and paths to what was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from app.liquid.syntax.patterns import BLANK, NAME, NO_BLANK
from app.liquid.values.ends import first_of, last_of, size_of
from app.liquid.values.kinds import Drop, Range
from app.liquid.values.numbers import leading_float, leading_int, to_whole
from app.liquid.values.text import stripped

if TYPE_CHECKING:
    from app.liquid.context import Context

WHOLE = re.compile(r"-?[0-9]+")
FLOAT = re.compile(r"-?[0-9][0-9.]+")
RANGE = re.compile(rf"\({BLANK}*(?>({NO_BLANK}+){BLANK}*\.\.){BLANK}*({NO_BLANK}+){BLANK}*\)")
STEP = re.compile(rf"\[[^\]]+\]|{NAME}+\??")
LITERALS: dict[str, Any] = {
    "": None,
    "nil": None,
    "null": None,
    "true": True,
    "false": False,
    "blank": "",
    "empty": "",
}
COMMANDS = {"size": size_of, "first": first_of, "last": last_of}


class Expression:
    """Something that has a value while a template is rendered."""

    def value(self, context: Context) -> Any:
        raise NotImplementedError

    def paths(self) -> Iterator[Path]:
        """Name the paths that are asked for, outer ones first."""
        return iter(())


class Literal(Expression):
    """A value that the template itself brings. Its texts are HTML where the template is."""

    def __init__(self, value: Any) -> None:
        self.literal = Markup(value) if isinstance(value, str) else value  # noqa: S704  # it is the template's own

    def value(self, context: Context) -> Any:
        return str(self.literal) if isinstance(self.literal, Markup) and not context.is_html else self.literal

    def key(self) -> object:
        return (type(self.literal).__name__, self.literal)


class RangeExpression(Expression):
    """`(1..items.size)`."""

    def __init__(self, first: Expression, last: Expression) -> None:
        self.first = first
        self.last = last

    def value(self, context: Context) -> Range:
        return Range(_bound(self.first.value(context)), _bound(self.last.value(context)))

    def paths(self) -> Iterator[Path]:
        yield from self.first.paths()
        yield from self.last.paths()


def _bound(value: Any) -> int:
    return leading_int(value) if value is None or isinstance(value, str) else to_whole(value)


class Path(Expression):
    """A path to what was given: `order.items[0].name`."""

    def __init__(self, markup: str) -> None:
        name, *steps = STEP.findall(markup) or [None]
        self.name: Any = _step(name) if name else None
        self.steps = [_step(step) for step in steps]

    def value(self, context: Context) -> Any:
        name = self.name.value(context) if isinstance(self.name, Expression) else self.name
        value, is_given = context.find(name)
        before: Any = None
        for step in self.steps:
            key = step.value(context) if isinstance(step, Expression) else step
            if value is None and isinstance(before, Drop):  # such as the loop around the outermost one
                return None
            before = value
            value, is_given = _walk(value, key, is_command=not isinstance(step, Expression))
            if not is_given:
                break
        if not is_given or (value is None and context.is_missing(name)):
            context.note_missing(name, str(self))
        return value

    def paths(self) -> Iterator[Path]:
        yield self
        for step in (self.name, *self.steps):
            if isinstance(step, Expression):
                yield from step.paths()

    def __str__(self) -> str:
        return "".join(map(_shown, (self.name or "", *self.steps))).removeprefix(".")


def _step(markup: str) -> Expression | str:
    return parse_expression(markup[1:-1]) if markup.startswith("[") and markup.endswith("]") else markup


def _shown(step: Expression | str) -> str:
    if isinstance(step, str):
        return f".{step}"
    return f"[{step.literal if isinstance(step, Literal) else step}]"


def _walk(value: Any, key: Any, *, is_command: bool) -> tuple[Any, bool]:
    """Take a step of a path: the value there, and whether there is one."""
    is_place = isinstance(key, int) and not isinstance(key, bool)
    if isinstance(value, Drop):
        return value[key], True
    if isinstance(value, dict) and isinstance(key, str) and key in value:
        return value[key], True
    if isinstance(value, list) and is_place:
        return (value[key], True) if -len(value) <= key < len(value) else (None, False)
    item = COMMANDS[key](value) if is_command and key in COMMANDS else None
    return item, item is not None


def parse_expression(markup: str | None) -> Expression:
    """Read a value. What is no literal is a path, whatever it looks like."""
    text = stripped(markup or "")
    if len(text) > 0 and text[0] in "\"'" and text[-1] == text[0]:
        return Literal(text[1:-1])
    if WHOLE.fullmatch(text):
        return Literal(int(text))
    if match := RANGE.fullmatch(text):
        first, last = parse_expression(match[1]), parse_expression(match[2])
        if isinstance(first, Literal) and isinstance(last, Literal):
            return Literal(Range(leading_int(first.literal), leading_int(last.literal)))
        return RangeExpression(first, last)
    if FLOAT.fullmatch(text):
        return Literal(leading_float(text))
    return Literal(LITERALS[text]) if text in LITERALS else Path(text)
