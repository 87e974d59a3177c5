"""What every request reads alike: who is signed in, the shops, the brakes. It is read again once anybody changed it.

What was read is kept under the version of the database (`Database.version`), which any commit of any process makes
another one, so it is never stale. PostgreSQL would have to be asked for its version, which costs what reading does:
there nothing is kept.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import current_app
from sqlalchemy.orm import make_transient_to_detached

from app.store import people
from app.web.context import desk

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.store.base import Base
    from app.store.people import Person

T = TypeVar("T")
Row = TypeVar("Row", bound="Base")
CHANGEABLE = (list, dict)  # what a column may hold that can be changed in place
MOST = 2_000  # answers of one version; when there are more, all are forgotten


class Memory:
    """Answers that were read of the newest version."""

    def __init__(self) -> None:
        self._newest: tuple[Hashable, dict[Hashable, Any]] = (object(), {})

    def of(self, version: Hashable) -> dict[Hashable, Any]:
        """Give what is known of a version. Whoever fills it late fills what nobody reads any more."""
        if self._newest[0] != version or len(self._newest[1]) >= MOST:
            self._newest = (version, {})
        return self._newest[1]


def init_app(app: Flask) -> None:
    app.extensions["remembered"] = Memory()


def remembered(key: Hashable, read: Callable[[Session], T]) -> T:
    """Give what `read` gives. All requests share it, so nobody may change it; see `copy_of`."""
    if not desk().is_sqlite:
        return _read(read)
    known = _memory().of(desk().version())
    if key not in known:
        known[key] = _read(read)
    return cast("T", known[key])


def everyone() -> list[Person]:
    """Give all people of the desk, by name, to choose from."""
    return remembered("people", people.everyone)


def copy_of(row: Row) -> Row:
    """Give a row as an object of its own: what one request changes of it no other sees."""
    twin = type(row)()
    twin.__dict__.update(
        {
            name: copy(value) if type(value) in CHANGEABLE else value
            for name, value in row.__dict__.items()
            if name != "_sa_instance_state"
        },
    )
    make_transient_to_detached(twin)
    return twin


def _read(read: Callable[[Session], T]) -> T:
    with desk().reading() as db:
        return read(db)


def _memory() -> Memory:
    found: Memory = current_app.extensions["remembered"]
    return found
