"""What a process remembers of the database: for as long as nobody changed anything in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

MOST = 1000  # things remembered; when there are more, all are forgotten
LARGEST = 50  # products, or the like, in one thing remembered

T = TypeVar("T")


class Known(dict[Hashable, Any]):
    """What is known of one state of the database, or of an index. That there is nothing is not remembered."""

    def once(self, key: Hashable, read: Callable[[], T], size: int = 1) -> T:
        """Give what is known, or read it; what is of a larger `size` is not worth its room."""
        found: T | None = self.get(key)
        if found is not None:
            return found
        return self._kept(key, read()) if size <= LARGEST else read()

    def each(self, kind: str, keys: Iterable[str], read: Callable[[list[str]], Mapping[str, T]]) -> dict[str, T]:
        """Give what is known of several things, and read the others together."""
        known = {key: self.get((kind, key)) for key in keys}
        if missing := [key for key, found in known.items() if found is None]:
            known |= {key: self._kept((kind, key), found) for key, found in read(missing).items()}
        return {key: found for key, found in known.items() if found is not None}

    def _kept(self, key: Hashable, found: T) -> T:
        if found is not None:
            if len(self) >= MOST:
                self.clear()
            self[key] = found
        return found


class Memory:
    """Keeps what was read under the version of the database that it was read from, see Database.version."""

    def __init__(self) -> None:
        self._newest: tuple[Hashable, Known] = (object(), Known())

    def of(self, version: Hashable) -> Known:
        """Give what is known of a version. Whoever fills it may be late: then it fills what nobody reads any more."""
        if self._newest[0] != version:
            self._newest = (version, Known())
        return self._newest[1]
