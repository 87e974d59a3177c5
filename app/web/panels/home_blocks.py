"""What pages put on the home page: a block each, registered beside their views, as panels of a customer are.

A block reads from the desk's database, in the one session that home opens for all of them. One that has to ask REES46
is `asks=True`: it is filled in after the page is there, and fails alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from app.web.page import Page

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString
    from sqlalchemy.orm import Session

    from app.store.people import Role

Reader = TypeVar("Reader", bound=Callable[..., Any])
Column = Literal["main", "side"]


@dataclass(frozen=True)
class Block:
    """A part of home. `read` gives what the template shows, or None where there is nothing to say."""

    page: Page
    name: str
    title: LazyString
    template: str
    roles: frozenset[Role]
    place: int
    column: Column
    asks: bool
    more: tuple[str, LazyString] | None  # where the rest is: endpoint and words
    read: Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Unfinished:
    """A draft or batch that waits for its person."""

    title: str
    note: str
    url: str
    at: datetime


@dataclass
class Registry:
    """All blocks and all sources of what is unfinished. Pages add to it as they are imported."""

    blocks: dict[str, Block] = field(default_factory=dict)
    unfinished: dict[str, tuple[Page, Callable[[Session], list[Unfinished]]]] = field(default_factory=dict)


REGISTRY = Registry()


def home_block(  # each is a fact that home needs of a block
    page: Page,
    title: LazyString,
    *,
    template: str,
    roles: frozenset[Role],
    place: int,
    column: Column = "main",
    asks: bool = False,
    more: tuple[str, LazyString] | None = None,
) -> Callable[[Reader], Reader]:
    """Put on home what a function reads: `@home_block(page, _l("Jobs"), template="jobs/_home.html", …)`."""

    def register(read: Reader) -> Reader:
        name = f"{page.name}-{read.__name__}".replace("_", "-")
        REGISTRY.blocks[name] = Block(page, name, title, template, roles, place, column, asks, more, read)
        return read

    return register


def unfinished(page: Page) -> Callable[[Reader], Reader]:
    """Put drafts and batches of a page among what is unfinished."""

    def register(read: Reader) -> Reader:
        REGISTRY.unfinished[page.name] = (page, read)
        return read

    return register


def blocks_for(role: Role, column: Column) -> list[Block]:
    """Give the blocks of a role, in their order."""
    mine = [block for block in REGISTRY.blocks.values() if role in block.roles and block.column == column]
    return sorted(mine, key=lambda block: block.place)


def read_blocks(db: Session, blocks: list[Block]) -> list[tuple[Block, dict[str, Any] | None]]:
    """Read what needs no call; what has nothing to say is left out, what asks REES46 comes after the page."""
    shown = [(block, None if block.asks else block.read(db)) for block in blocks]
    return [(block, read) for block, read in shown if block.asks or read is not None]
