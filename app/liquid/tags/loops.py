"""`for` with its `break` and `continue`, and `tablerow`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from app.liquid.context import Buffer, Context
from app.liquid.errors import FaultySyntax
from app.liquid.nodes import Block, Body, Tag
from app.liquid.syntax.expressions import Expression, Path, parse_expression
from app.liquid.syntax.patterns import ATTRIBUTE, BLANK, LETTER, NAME, VALUE
from app.liquid.values.compare import is_true
from app.liquid.values.kinds import ForLoop, Range, TableRowLoop
from app.liquid.values.numbers import leading_int, to_whole

if TYPE_CHECKING:
    from app.liquid.nodes import BlockReader

FOR = re.compile(rf"({NAME}+){BLANK}+in{BLANK}+((?:{VALUE})+){BLANK}*(reversed)?")
TABLE_ROW = re.compile(rf"({LETTER}+){BLANK}+in{BLANK}+((?:{VALUE})+)")


class For(Block):
    """`{% for item in items reversed limit: 3 offset: 1 %}…{% else %}…{% endfor %}`."""

    name = "for"

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        match = FOR.match(markup)
        if match is None:
            raise FaultySyntax("Syntax Error in 'for loop' - Valid syntax: for [item] in [collection]")
        self.variable, collection = match[1], match[2]
        self.loop_name = f"{self.variable}-{collection}"
        self.collection = parse_expression(collection)
        self.is_reversed = bool(match[3])
        self.otherwise: Body | None = None
        attributes = dict(ATTRIBUTE.findall(markup))
        self.continues = attributes.get("offset") == "continue"
        self.offset = parse_expression(attributes.get("offset"))
        self.limit = parse_expression(attributes.get("limit"))

    def read(self, reader: BlockReader) -> None:
        if reader.read(self.body, self) and self.otherwise:
            reader.read(self.otherwise, self)
        if self.is_blank:
            self.body.drop_texts()
            if self.otherwise:
                self.otherwise.drop_texts()

    def meet(self, tag: str, markup: str) -> None:
        if tag == "else":
            self.otherwise = Body()
        else:
            super().meet(tag, markup)

    def render(self, context: Context, buffer: Buffer) -> None:
        items = self._items(context)
        if items:
            self._render_items(context, buffer, items)
        elif self.otherwise:
            self.otherwise.render(context, buffer)

    def _items(self, context: Context) -> list[Any]:
        """Choose the items of this loop, and remember where it ends."""
        first = context.offsets.get(self.loop_name, 0) if self.continues else _count(self.offset, context) or 0
        with context.tolerating(self.otherwise is not None):
            collection = self.collection.value(context)
        limit = _count(self.limit, context)
        items = slice_of(collection, first, None if limit is None else first + limit)
        context.offsets[self.loop_name] = first + len(items)
        return items[::-1] if self.is_reversed else items

    def _render_items(self, context: Context, buffer: Buffer, items: list[Any]) -> None:
        with context.scope() as scope:
            loop = ForLoop(self.loop_name, len(items), context.loops[-1] if context.loops else None)
            context.loops.append(loop)
            scope["forloop"] = loop
            try:
                for item in items:
                    context.count_iteration()
                    scope[self.variable] = item
                    self.body.render(context, buffer)
                    loop.advance()
                    if context.interrupts and context.interrupts.pop() == "break":
                        break
            finally:
                context.loops.pop()

    def bodies(self) -> Iterator[Body]:
        yield from super().bodies()
        if self.otherwise:
            yield self.otherwise

    def paths(self) -> Iterator[Path]:
        for expression in (self.collection, self.limit, *(() if self.continues else (self.offset,))):
            yield from expression.paths()

    def inner_names(self) -> Iterator[str]:
        yield from (self.variable, "forloop")


def _count(expression: Expression, context: Context) -> int | None:
    value = expression.value(context)
    return None if value is None else to_whole(value)


def slice_of(collection: Any, first: int, end: int | None) -> list[Any]:
    """Take items as loops do: a text is one item, an object its pairs, and what is no collection has none."""
    match collection:
        case str():
            return [collection] if collection else []
        case list():
            items: Any = collection
        case dict():
            items = ([key, value] for key, value in collection.items())
        case Range():
            items = collection if end is None else range(collection.first, collection.last + 1)
        case _:
            return []
    if end is not None and end <= 0:
        return []
    return list(islice(items, max(first, 0), end))


class Interrupt(Tag):
    """A tag that leaves a loop, or what is left of the template where there is none."""

    def render(self, context: Context, buffer: Buffer) -> None:  # noqa: ARG002  # it prints nothing
        context.interrupts.append(self.name)


class Break(Interrupt):
    """`{% break %}`."""

    name = "break"


class Continue(Interrupt):
    """`{% continue %}`."""

    name = "continue"


class TableRow(Block):
    """`{% tablerow item in items cols: 3 limit: 6 %}…{% endtablerow %}`."""

    name = "tablerow"

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        match = TABLE_ROW.search(markup)
        if match is None:
            raise FaultySyntax(
                "Syntax Error in 'table_row loop' - Valid syntax: table_row [item] in [collection] cols=3"
            )
        self.variable = match[1]
        self.collection = parse_expression(match[2])
        self.attributes = {name: parse_expression(value) for name, value in ATTRIBUTE.findall(markup)}

    def render(self, context: Context, buffer: Buffer) -> None:
        collection = self.collection.value(context)
        if not is_true(collection):
            return
        first = self._number("offset", context)
        end = first + self._number("limit", context) if "limit" in self.attributes else None
        items = slice_of(collection, first, end)
        loop = TableRowLoop(len(items), self._number("cols", context))
        context.write(buffer, '<tr class="row1">\n')
        with context.scope() as scope:
            scope["tablerowloop"] = loop
            for item in items:
                self._render_item(context, buffer, scope, item)
        context.write(buffer, "</tr>\n")

    def _number(self, name: str, context: Context) -> int:
        return leading_int(self.attributes[name].value(context)) if name in self.attributes else 0

    def _render_item(self, context: Context, buffer: Buffer, scope: dict[str, Any], item: Any) -> None:
        context.count_iteration()
        loop: TableRowLoop = scope["tablerowloop"]
        scope[self.variable] = item
        context.write(buffer, f'<td class="col{loop.col}">')
        self.body.render(context, buffer)
        context.write(buffer, "</td>")
        if loop.col_last and not loop.last:
            context.write(buffer, f'</tr>\n<tr class="row{loop.row + 1}">')
        loop.advance()

    def paths(self) -> Iterator[Path]:
        yield from self.collection.paths()
        for expression in self.attributes.values():
            yield from expression.paths()

    def inner_names(self) -> Iterator[str]:
        yield from (self.variable, "tablerowloop")
