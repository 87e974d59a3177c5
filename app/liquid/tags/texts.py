"""Tags about text: `raw`, `comment`, `#`, `echo`, `ifchanged`, and `include` and `render`, which are not allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.liquid.context import Buffer, Context
from app.liquid.errors import FaultySyntax, LiquidError
from app.liquid.nodes import Block, Body, Tag, write_value
from app.liquid.syntax.expressions import Literal, Path, parse_expression
from app.liquid.syntax.output import Output
from app.liquid.syntax.patterns import BLANK, LETTER, QUOTED, VALUE
from app.liquid.values.compare import is_true
from app.liquid.values.text import stripped

if TYPE_CHECKING:
    from app.liquid.nodes import BlockReader

RAW_END = re.compile(rf"(.*)\{{%{BLANK}*({LETTER}+){BLANK}*(.*)?%\}}", re.DOTALL)
UNMARKED_LINE = re.compile(rf"\n{BLANK}*[^#\t\n\v\f\r ]")
INCLUDE = re.compile(VALUE)
RENDER = re.compile(QUOTED)


class Raw(Block):
    """`{% raw %}…{% endraw %}`: what is inside is printed as it is."""

    name = "raw"

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        self.text = ""
        if stripped(markup):
            raise FaultySyntax("Syntax Error in 'raw' - Valid syntax: raw")

    def read(self, reader: BlockReader) -> None:
        pieces: list[str] = []
        while (piece := reader.source.next()) is not None:
            match = RAW_END.fullmatch(piece)
            if match and match[2] == "endraw":
                self.text = "".join([*pieces, match[1]])
                self.is_blank = not self.text
                return
            pieces.append(piece)
        raise FaultySyntax("'raw' tag was never closed")

    def render(self, context: Context, buffer: Buffer) -> None:
        context.write(buffer, self.text)


class Comment(Block):
    """`{% comment %}…{% endcomment %}`: its tags are read, and must be right, but not rendered."""

    name = "comment"

    def read(self, reader: BlockReader) -> None:
        super().read(reader)
        self.is_blank = True

    def meet(self, tag: str, markup: str) -> None:
        """Let pass what no block knows."""

    def render(self, context: Context, buffer: Buffer) -> None:
        """Print nothing."""

    def bodies(self) -> Iterator[Body]:
        return iter(())


class InlineComment(Tag):
    """`{% # … %}`."""

    name = "#"
    is_blank = True

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        if UNMARKED_LINE.search(markup):
            raise FaultySyntax("Syntax error in tag '#' - Each line of comments must be prefixed by the '#' character")

    def render(self, context: Context, buffer: Buffer) -> None:
        """Print nothing."""


class Echo(Tag):
    """`{% echo value | filter %}`."""

    name = "echo"

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        self.output: Output = Output(markup)

    def render(self, context: Context, buffer: Buffer) -> None:
        write_value(context, buffer, self.output.value(context))


class IfChanged(Block):
    """`{% ifchanged %}…{% endifchanged %}`: prints only what differs from what it printed before."""

    name = "ifchanged"

    def render(self, context: Context, buffer: Buffer) -> None:
        text = self.body.text(context)
        if text != context.last_unchanged:
            context.last_unchanged = text
            write_value(context, buffer, text)


class Include(Tag):
    """`{% include 'name' %}`: there is nothing to include, as in a message of REES46."""

    name = "include"

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        match = INCLUDE.search(markup)
        if match is None:
            raise FaultySyntax(
                "Error in tag 'include' - Valid syntax: include '[template]' (with|for) [object|collection]"
            )
        self.template = parse_expression(match[0])

    def render(self, context: Context, buffer: Buffer) -> None:  # noqa: ARG002  # it prints nothing
        if not is_true(self.template.value(context)):
            raise LiquidError("Argument error in tag 'include' - Illegal template name")
        raise LiquidError("This liquid context does not allow includes.")

    def paths(self) -> Iterator[Path]:
        return self.template.paths()


class Render(Include):
    """`{% render 'name' %}`."""

    name = "render"

    def __init__(self, line: int, markup: str) -> None:
        if not RENDER.search(markup):
            raise FaultySyntax("Syntax error in tag 'render' - Template name must be a quoted string")
        super().__init__(line, markup)
        self.template = Literal("name")
