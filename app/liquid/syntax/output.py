"""What stands in `{{ … }}`, and behind `=` in `assign`: a value and the filters that it goes through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.liquid.errors import FaultySyntax
from app.liquid.filters import apply_filter
from app.liquid.syntax.expressions import Expression, Literal, Path, parse_expression
from app.liquid.syntax.patterns import ATTRIBUTE, BLANK, LETTER, VALUE
from app.liquid.syntax.strict import StrictReader

if TYPE_CHECKING:
    from app.liquid.context import Context

FIRST = re.compile(rf"({VALUE})(.*)", re.DOTALL)
FILTERS = re.compile(rf"\|{BLANK}*(.*)", re.DOTALL)
FILTER = re.compile(rf"(?:{BLANK}+|{VALUE}|,)+")
FILTER_NAME = re.compile(rf"{LETTER}+")
ARGUMENT = re.compile(rf"[:,]{BLANK}*((?:{LETTER}+{BLANK}*:{BLANK}*)?{VALUE})")


@dataclass
class Filter:
    """A filter with its arguments; those with a name come last, together."""

    name: str
    arguments: list[Expression] = field(default_factory=list)
    named: dict[str, Expression] = field(default_factory=dict)

    def apply(self, value: Any, context: Context) -> Any:
        arguments = [argument.value(context) for argument in self.arguments]
        if self.named:
            arguments.append({name: argument.value(context) for name, argument in self.named.items()})
        return apply_filter(context, self.name, value, arguments)


class Output:
    """A value and its filters."""

    def __init__(self, markup: str) -> None:
        self.source: Expression = Literal(None)
        self.filters: list[Filter] = []
        self.fault = ""  # why the strict reading failed
        try:
            self._read_strictly(StrictReader(markup))
        except FaultySyntax as fault:
            self.fault = str(fault)
            self.filters = []
            self._read_leniently(markup)

    def _read_strictly(self, reader: StrictReader) -> None:
        if reader.is_next("end"):
            return
        self.source = parse_expression(reader.expression())
        while reader.take_if("|"):
            name = reader.take("id")
            arguments = []
            if reader.take_if(":"):
                arguments.append(reader.argument())
                while reader.take_if(","):
                    arguments.append(reader.argument())
            self.filters.append(_filter(name, arguments))
        reader.take("end")

    def _read_leniently(self, markup: str) -> None:
        first = FIRST.search(markup)
        if first is None:
            return
        self.source = parse_expression(first[1])
        rest = FILTERS.search(first[2])
        for part in FILTER.findall(rest[1]) if rest else ():
            if name := FILTER_NAME.search(part):
                self.filters.append(_filter(name[0], ARGUMENT.findall(part)))

    def value(self, context: Context) -> Any:
        with context.tolerating(self.has_default):
            value = self.source.value(context)
        for one in self.filters:
            value = one.apply(value, context)
        return value

    @property
    def has_default(self) -> bool:
        """Whether it says what to print where nothing was given."""
        return any(one.name == "default" for one in self.filters)

    @property
    def lone_path(self) -> Path | None:
        """The path that this is, if it is one without filters."""
        return self.source if isinstance(self.source, Path) and not self.filters else None

    def paths(self) -> Iterator[Path]:
        yield from self.source.paths()
        for one in self.filters:
            for argument in (*one.arguments, *one.named.values()):
                yield from argument.paths()


def _filter(name: str, arguments: list[str]) -> Filter:
    made = Filter(name)
    for argument in arguments:
        if match := ATTRIBUTE.fullmatch(argument):
            made.named[match[1]] = parse_expression(match[2])
        else:
            made.arguments.append(parse_expression(argument))
    return made
