"""The session a handler works with: a transaction that knows its shop and who is asking."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from app.engine.store.cache import Known

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.config import Settings
    from app.engine.store.request_files import RequestFile
    from app.engine.store.shops import Shop


@dataclass(frozen=True)
class Caller:
    """Who asks: with the secret or without, and from which address."""

    has_secret: bool = False
    ip: str = ""
    in_browser: bool = False


@dataclass(frozen=True)
class Circumstances:
    """What a handler may need to know besides the call itself."""

    shop: Shop
    settings: Settings
    caller: Caller = field(default_factory=Caller)
    prepared: Any = None  # by the operation's slow work, see answers.prepares
    request_file: RequestFile | None = None  # the list of the call that is too large for memory, see Http.streams
    known: Known = field(default_factory=Known)  # what reading calls remember of the shop
    remembers: bool = False  # whether `known` outlives the call: not for who writes, since that may yet be undone
    afterwards: list[Callable[[Db], object]] = field(default_factory=list)  # to be written once a reading call is done


class Db(Session):
    """One transaction of one shop."""

    at: Circumstances

    @property
    def shop(self) -> Shop:
        """The shop whose keys were given."""
        return self.at.shop

    @property
    def known(self) -> Known:
        """What reading calls have read of this shop since the database changed last."""
        return self.at.known

    @property
    def now(self) -> datetime:
        """The present moment, UTC without a zone as the database keeps it."""
        return datetime.now(UTC).replace(tzinfo=None)
