"""What a template is made of: texts, outputs and tags, and the bodies that hold them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from markupsafe import Markup, escape

from app.liquid.context import Buffer, Context
from app.liquid.errors import FaultySyntax, InternalError, LiquidError, TooMuch
from app.liquid.syntax.output import Output
from app.liquid.values.text import printed

if TYPE_CHECKING:
    from app.liquid.syntax.expressions import Path
    from app.liquid.syntax.source import Source


class Node:
    """Something in a template that prints."""

    is_blank = False  # whether it can print nothing
    output: Output | None = None

    def __init__(self, line: int) -> None:
        self.line = line

    def render(self, context: Context, buffer: Buffer) -> None:
        raise NotImplementedError

    def bodies(self) -> Iterator[Body]:
        """Give what stands inside."""
        return iter(())

    def paths(self) -> Iterator[Path]:
        """Name the paths that the tag itself asks for."""
        return self.output.paths() if self.output else iter(())

    def names(self) -> Iterator[str]:
        """Name the variables that the template knows from here on."""
        return iter(())

    def inner_names(self) -> Iterator[str]:
        """Name the variables that are known inside."""
        return iter(())


class OutputNode(Node):
    """`{{ … }}`."""

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line)
        self.output: Output = Output(markup)

    def render(self, context: Context, buffer: Buffer) -> None:
        write_value(context, buffer, self.output.value(context))


def write_value(context: Context, buffer: Buffer, value: Any) -> None:
    """Print a value; in HTML, what was given is escaped, and what the template says is not."""
    text = value if isinstance(value, Markup) else printed(value)
    context.write(buffer, str(escape(text)) if context.is_html else str(text))


class Body:
    """Texts, outputs and tags, one after the other."""

    def __init__(self) -> None:
        self.nodes: list[str | Node] = []
        self.is_blank = True

    def add(self, node: str | Node) -> None:
        self.nodes.append(node)
        self.is_blank = self.is_blank and (not node.strip("\t\n\v\f\r ") if isinstance(node, str) else node.is_blank)

    def drop_texts(self) -> None:
        """Print no blanks where nothing but blanks would be printed."""
        self.nodes = [node for node in self.nodes if not isinstance(node, str)]

    def render(self, context: Context, buffer: Buffer) -> None:
        for node in self.nodes:
            if isinstance(node, str):
                context.write(buffer, node)
                continue
            _render_node(node, context, buffer)
            if context.interrupts:
                break

    def text(self, context: Context) -> str:
        """Render into a text of its own; in HTML it is HTML."""
        buffer = Buffer()
        self.render(context, buffer)
        return Markup(buffer.text) if context.is_html else buffer.text  # noqa: S704  # its parts are escaped


def _render_node(node: Node, context: Context, buffer: Buffer) -> None:
    try:
        node.render(context, buffer)
    except (TooMuch, MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001  # whatever a value cannot do: Liquid says "internal" and goes on
        words = context.note_error(error if isinstance(error, LiquidError) else InternalError(), node.line)
        if not node.is_blank:
            context.write(buffer, words)


class BlockReader(Protocol):
    """What a block is read by."""

    source: Source

    def read(self, body: Body, block: Block) -> bool:
        """Read a part of a block into a body; false when the block has ended."""


class Tag(Node):
    """`{% name markup %}`. A subclass registers itself by its name."""

    name: ClassVar[str]
    registry: ClassVar[dict[str, type[Tag]]] = {}

    def __init_subclass__(cls) -> None:
        if "name" in cls.__dict__:
            Tag.registry[cls.name] = cls

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line)
        self.markup = markup

    def read(self, reader: BlockReader) -> None:
        """Read on, if the tag is a block."""


class Block(Tag):
    """A tag that goes up to its end: `{% endname %}`."""

    def __init__(self, line: int, markup: str) -> None:
        super().__init__(line, markup)
        self.body = Body()
        self.is_blank = True

    def read(self, reader: BlockReader) -> None:
        while reader.read(self.body, self):
            pass

    def meet(self, tag: str, markup: str) -> None:  # noqa: ARG002  # a branch has one
        """Take a tag that is none of its own: a branch, or a fault."""
        if tag == "else":
            raise FaultySyntax(f"{self.name} tag does not expect 'else' tag")
        if tag.startswith("end"):
            raise FaultySyntax(f"'{tag}' is not a valid delimiter for {self.name} tags. use end{self.name}")
        raise FaultySyntax(f"Unknown tag '{tag}'")

    def bodies(self) -> Iterator[Body]:
        yield self.body
