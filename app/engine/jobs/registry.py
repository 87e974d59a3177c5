"""What the worker can do: kinds of job, and chores that come round. A module in `tasks/` is found by itself.

A kind of job checks its rows one by one, outside of any transaction, and then does the good ones together:

    @job("suppressed", check=address_of)
    def suppress(db: Db, about: Mapping[str, Any], rows: Sequence[Row[str]]) -> list[Remark]: …

What it does with a part and that the part is done are committed together, so it need not fear to be killed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from app.engine.store.db import Db
from app.engine.store.jobs import Job

T = TypeVar("T")


class Unfit(ValueError):
    """A row is left out, for the reason that this says; it stops no other."""


class Row(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """A row of a job and its place in the call, from 1. This is the quickest kind: imports make many."""

    place: int
    value: T


@dataclass(frozen=True)
class Remark:
    """Something to say of a row, or of the whole job; `is_skipped` if the row was left out."""

    place: int | None
    words: str
    is_skipped: bool = False


Close = Callable[[Db, Job], "list[Remark] | None"]
Do = Callable[[Db, Mapping[str, Any], Sequence[Row[Any]]], list[Remark]]
Chore = Callable[[Db], object]


@dataclass(frozen=True)
class Kind:
    """How rows of one kind are checked and done."""

    check: Callable[[Any], Any]
    do: Do
    close: Close | None = None


KINDS: dict[str, Kind] = {}
CHORES: dict[Chore, float] = {}


def job(name: str, *, check: Callable[[Any], Any], close: Close | None = None) -> Callable[[Do], Do]:
    """Register what does the jobs of a kind; `check` makes of a raw row what it needs, or raises Unfit.

    `close` is called when all rows of a filed job are done, again and again while it gives None: so a long end is
    cut into short transactions too. What it gives at last is said of the job.
    """

    def register(do: Do) -> Do:
        KINDS[name] = Kind(check, do, close)
        return do

    return register


def chore(*, every: float) -> Callable[[Chore], Chore]:
    """Register something short to be done every so many seconds, in a transaction of its own.

    Its db has no shop; `db.info["settings"]` are the settings.
    """

    def register(do: Chore) -> Chore:
        CHORES[do] = every
        return do

    return register
