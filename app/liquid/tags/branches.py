"""`if`, `unless` and `case`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.liquid.context import Buffer, Context
from app.liquid.errors import FaultySyntax
from app.liquid.nodes import Block, Body
from app.liquid.syntax.conditions import Condition, parse_condition, parse_side
from app.liquid.syntax.expressions import parse_expression
from app.liquid.syntax.patterns import BLANK, VALUE

if TYPE_CHECKING:
    from app.liquid.nodes import BlockReader
    from app.liquid.syntax.expressions import Path

WHAT = re.compile(VALUE)
WHEN = re.compile(rf"({VALUE})(?:(?:{BLANK}+or{BLANK}+|{BLANK}*,{BLANK}*)({VALUE}.*))?", re.DOTALL)


@dataclass
class Branch:
    """A body and when it is rendered; without a condition, it is the `else`."""

    condition: Condition | None
    body: Body = field(default_factory=Body)


class Branches(Block):
    """A block of several branches."""

    branches: list[Branch]

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        self.branches = []

    def read(self, reader: BlockReader) -> None:
        while reader.read(self.branches[-1].body if self.branches else self.body, self):
            pass
        if self.is_blank:
            for branch in self.branches:
                branch.body.drop_texts()

    def provides_for_others(self) -> bool:
        """Whether there is an `else`: then a variable that is missing was thought of."""
        return any(branch.condition is None for branch in self.branches)

    def bodies(self) -> Iterator[Body]:
        for branch in self.branches:
            yield branch.body

    def paths(self) -> Iterator[Path]:
        for branch in self.branches:
            if branch.condition:
                yield from branch.condition.paths()


class If(Branches):
    """`{% if … %}…{% elsif … %}…{% else %}…{% endif %}`."""

    name = "if"
    expects = True  # what the first condition must come to

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        self.branches.append(Branch(parse_condition(markup)))

    def meet(self, tag: str, markup: str) -> None:
        if tag == "elsif":
            self.branches.append(Branch(parse_condition(markup)))
        elif tag == "else":
            self.branches.append(Branch(None))
        else:
            super().meet(tag, markup)

    def render(self, context: Context, buffer: Buffer) -> None:
        for branch in self.branches:
            if self._is_met(branch, context):
                branch.body.render(context, buffer)
                return

    def _is_met(self, branch: Branch, context: Context) -> bool:
        if branch.condition is None:
            return True
        with context.tolerating(self.provides_for_others()):
            is_met = branch.condition.is_met(context)
        return is_met == self.expects if branch is self.branches[0] else is_met


class Unless(If):
    """`{% unless … %}`: an `if` whose first condition must not be met."""

    name = "unless"
    expects = False


class Case(Branches):
    """`{% case … %}{% when … %}…{% else %}…{% endcase %}`: each `when` that fits is rendered."""

    name = "case"

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        match = WHAT.search(markup)
        if match is None:
            raise FaultySyntax("Syntax Error in 'case' - Valid syntax: case [condition]")
        self.what = parse_expression(match[0])

    def meet(self, tag: str, markup: str) -> None:
        if tag == "when":
            self._add_when(markup)
        elif tag == "else":
            if markup.strip("\0\t\n\v\f\r "):
                raise FaultySyntax(
                    "Syntax Error in tag 'case' - Valid else condition: {% else %} (no parameters) "
                )  # the blank at the end is Liquid's
            self.branches.append(Branch(None))
        else:
            super().meet(tag, markup)

    def _add_when(self, markup: str | None) -> None:
        body = Body()
        while markup is not None:
            match = WHEN.search(markup)
            if match is None:
                raise FaultySyntax(
                    "Syntax Error in tag 'case' - Valid when condition: {% when [condition] [or condition2...] %}"
                )
            markup = match[2]
            self.branches.append(Branch(Condition(self.what, "==", parse_side(match[1])), body))

    def render(self, context: Context, buffer: Buffer) -> None:
        is_met = False
        for branch in self.branches:
            if branch.condition is None:
                if not is_met:
                    branch.body.render(context, buffer)
                continue
            with context.tolerating(self.provides_for_others()):
                fits = branch.condition.is_met(context)
            if fits:
                is_met = True
                branch.body.render(context, buffer)

    def bodies(self) -> Iterator[Body]:
        seen: list[Body] = []
        for body in super().bodies():
            if body not in seen:  # `when 1, 2` has one for both
                seen.append(body)
                yield body
