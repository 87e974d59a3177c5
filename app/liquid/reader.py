"""A template: read once, rendered with variables."""

from __future__ import annotations

import re

from app.liquid import tags
from app.liquid.context import Buffer, Context
from app.liquid.errors import FaultySyntax
from app.liquid.nodes import Block, Body, OutputNode, Tag
from app.liquid.syntax.patterns import BLANK, LETTER
from app.liquid.syntax.source import lines_of, source_of
from app.liquid.values.text import left_stripped, right_stripped

DEEPEST = 100  # blocks inside of each other
TAG = re.compile(rf"\{{%-?({BLANK}*)(#|{LETTER}+)({BLANK}*)(.*?)-?%\}}", re.DOTALL)
OUTPUT = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
LINE_TAG = re.compile(rf"{BLANK}*(#|{LETTER}+){BLANK}*(.*)", re.DOTALL)

tags.register()


class Reader:
    """Reads a template into bodies."""

    def __init__(self, template: str) -> None:
        self.source = source_of(template)
        self.line = 1
        self._depth = 0
        self._trims_next = False

    def read(self, body: Body, block: Block) -> bool:
        """Read a part of a block into a body; false when the block has ended."""
        if self._depth >= DEEPEST:
            raise FaultySyntax("Nesting too deep")
        self._depth += 1
        try:
            met = self.read_on(body)
        finally:
            self._depth -= 1
        block.is_blank = block.is_blank and body.is_blank
        if met is None:
            raise FaultySyntax(f"'{block.name}' tag was never closed")
        tag, markup = met
        if tag == f"end{block.name}":
            return False
        block.meet(tag, markup)
        return True

    def read_on(self, body: Body) -> tuple[str, str] | None:
        """Read until a tag that has no meaning of its own, and give that: an end, a branch, or a fault."""
        return self._read_lines(body) if self.source.is_of_lines else self._read_document(body)

    def _read_document(self, body: Body) -> tuple[str, str] | None:
        self.line = self.source.line
        while (piece := self.source.next()) is not None:
            if piece.startswith("{%"):
                if met := self._read_tag(body, piece):
                    return met
            elif piece.startswith("{{"):
                self._read_output(body, piece)
            else:
                body.add(left_stripped(piece) if self._trims_next else piece)
                self._trims_next = False
            self.line = self.source.line
        return None

    def _read_tag(self, body: Body, piece: str) -> tuple[str, str] | None:
        self._trim(body, piece)
        match = TAG.fullmatch(piece)
        if match is None:
            raise FaultySyntax(f"Tag '{piece}' was not properly terminated with regexp: /\\%\\}}/")
        before, name, behind, markup = match.groups()
        self.line += before.count("\n") + behind.count("\n")
        if name == "liquid":
            self._read_liquid(body, markup)
            return None
        return self._add_tag(body, name, markup)

    def _read_output(self, body: Body, piece: str) -> None:
        self._trim(body, piece)
        match = OUTPUT.fullmatch(piece)
        if match is None:
            raise FaultySyntax(f"Variable '{piece}' was not properly terminated with regexp: /\\}}\\}}/")
        body.add(OutputNode(self.line, match[1]))

    def _trim(self, body: Body, piece: str) -> None:
        """Take away the blanks that a `-` eats, before and behind."""
        if piece[2:3] == "-" and body.nodes and isinstance(text := body.nodes[-1], str):
            body.nodes[-1] = right_stripped(text)
        self._trims_next = piece[-3:-2] == "-"

    def _add_tag(self, body: Body, name: str, markup: str) -> tuple[str, str] | None:
        kind = Tag.registry.get(name)
        if kind is None:
            return name, markup
        tag = kind(self.line, markup)
        tag.read(self)
        body.add(tag)
        return None

    def _read_liquid(self, body: Body, markup: str) -> None:
        outer, self.source = self.source, lines_of(markup, self.line)
        if met := self._read_lines(body):
            if met[0] == "else":
                raise FaultySyntax("liquid tag does not expect 'else' tag")
            if met[0].startswith("end"):
                raise FaultySyntax(f"'{met[0]}' is not a valid delimiter for liquid tags. use %}}")
            raise FaultySyntax(f"Unknown tag '{met[0]}'")
        self.source = outer

    def _read_lines(self, body: Body) -> tuple[str, str] | None:
        self.line = self.source.line
        while (line := self.source.next()) is not None:
            if line.strip("\t\n\v\f\r "):
                match = LINE_TAG.fullmatch(line)
                if match is None:
                    return line, line
                if met := self._add_tag(body, match[1], match[2]):
                    return met
            self.line = self.source.line
        return None


class FaultAt(Exception):
    """A fault of syntax, and the line it stands in."""

    def __init__(self, words: str, line: int) -> None:
        super().__init__(words)
        self.line = line


class Template:
    """What was read of a template."""

    def __init__(self, text: str) -> None:
        self.body = Body()
        reader = Reader(text)
        try:
            met = reader.read_on(self.body)
        except FaultySyntax as fault:
            raise FaultAt(str(fault), reader.line) from None
        if met:
            is_outer = met[0] in {"else", "end"}
            raise FaultAt(f"Unexpected outer '{met[0]}' tag" if is_outer else f"Unknown tag '{met[0]}'", reader.line)

    def render(self, context: Context) -> str:
        buffer = Buffer()
        self.body.render(context, buffer)
        return buffer.text
