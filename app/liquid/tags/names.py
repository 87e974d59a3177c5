"""Tags that give names to values: `assign`, `capture`, the counters, and `cycle` with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.liquid.context import Buffer, Context
from app.liquid.errors import FaultySyntax, InternalError
from app.liquid.nodes import Block, Tag, write_value
from app.liquid.syntax.expressions import Expression, Literal, Path, parse_expression
from app.liquid.syntax.output import Output
from app.liquid.syntax.patterns import BLANK, TARGET, VALUE
from app.liquid.values.compare import is_number
from app.liquid.values.text import stripped

ASSIGNMENT = re.compile(rf"({TARGET}){BLANK}*={BLANK}*(.*){BLANK}*", re.DOTALL)
NAME = re.compile(TARGET)
NAMED_CYCLE = re.compile(rf"({VALUE}){BLANK}*:{BLANK}*(.*)", re.DOTALL)
CYCLE = re.compile(VALUE)


class Assign(Tag):
    """`{% assign name = value | filter %}`."""

    name = "assign"
    is_blank = True

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        match = ASSIGNMENT.search(markup)
        if match is None:
            raise FaultySyntax("Syntax Error in 'assign' - Valid syntax: assign [var] = [source]")
        self.variable = match[1]
        self.output: Output = Output(match[2])

    def render(self, context: Context, buffer: Buffer) -> None:  # noqa: ARG002  # it prints nothing
        path = self.output.lone_path
        with context.tolerating(path is not None):
            value = self.output.value(context)
        context.assign(self.variable, value, str(path) if path and value is None else "")

    def names(self) -> Iterator[str]:
        yield self.variable


class Capture(Block):
    """`{% capture name %}…{% endcapture %}`."""

    name = "capture"

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        match = NAME.search(markup)
        if match is None:
            raise FaultySyntax("Syntax Error in 'capture' - Valid syntax: capture [var]")
        self.variable = match[0]

    def render(self, context: Context, buffer: Buffer) -> None:  # noqa: ARG002  # it prints nothing
        context.assign(self.variable, self.body.text(context))

    def names(self) -> Iterator[str]:
        yield self.variable


class Increment(Tag):
    """`{% increment name %}`: prints 0, 1, 2 and so on."""

    name = "increment"

    def render(self, context: Context, buffer: Buffer) -> None:
        value = counter(context, self.variable)
        context.variables[self.variable] = value + 1
        write_value(context, buffer, value)

    @property
    def variable(self) -> str:
        return stripped(self.markup)

    def names(self) -> Iterator[str]:
        yield self.variable


class Decrement(Increment):
    """`{% decrement name %}`: prints -1, -2, -3 and so on."""

    name = "decrement"

    def render(self, context: Context, buffer: Buffer) -> None:
        value = counter(context, self.variable) - 1
        context.variables[self.variable] = value
        write_value(context, buffer, value)


def counter(context: Context, name: str) -> Any:
    """Give the counter of a name. It is the variable of the same name, if one was given."""
    value = context.variables.get(name)
    if value is None or value is False:
        context.variables[name] = value = 0
    if not is_number(value):
        raise InternalError
    return value


class Cycle(Tag):
    """`{% cycle "odd", "even" %}`, `{% cycle "name": "odd", "even" %}`: prints one value after the other."""

    name = "cycle"

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        if match := NAMED_CYCLE.match(markup):
            self.values = list(_values(match[2]))
            self.group: Expression | None = parse_expression(match[1])
        elif CYCLE.match(markup):
            self.values = list(_values(markup))
            self.group = None
        else:
            raise FaultySyntax("Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]")

    def render(self, context: Context, buffer: Buffer) -> None:
        key = self._key(context)
        place = context.cycles.get(key, 0)
        value = self.values[place].value(context) if place < len(self.values) else None
        write_value(context, buffer, value)
        context.cycles[key] = place + 1 if place + 1 < len(self.values) else 0

    def _key(self, context: Context) -> object:
        """Tell what this tag cycles with: its group, else the tags of the same values, else nobody."""
        if self.group:
            return ("group", repr(self.group.value(context)))
        if all(isinstance(value, Literal) for value in self.values):
            return ("values", *(value.key() for value in self.values if isinstance(value, Literal)))
        return self

    def paths(self) -> Iterator[Path]:
        for value in self.values:
            yield from value.paths()


def _values(markup: str) -> Iterator[Expression]:
    for part in markup.split(","):
        if match := CYCLE.search(part):
            value = parse_expression(match[0])
            if not isinstance(value, Literal) or value.literal is not None:
                yield value
