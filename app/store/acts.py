"""The audit trail, and the one life of an act: who did what to whom, before and after, and how it ended.

    awaiting ──► held ──► trying ──► done | refused | failed | unknown ──► settled
       └──────────┴────► withdrawn

awaiting: for a second person (approvals.py); held: in its undo window; nothing was sent of either. trying: about to be
sent, or sent and not answered; whoever tries it holds a lease, and when that is over (a crash) the act is unknown.
refused, failed: surely nothing happened, so the click may come again. unknown: nobody knows, until a person settles it.

Long work is one act, without a lease; what it sends in parts are acts of their own, whose `parent_id` it is.

Ledgers (messages, hand-outs, links, batches, imports) point at their act and keep no outcome of their own.
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any, Literal, cast, get_args

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Index,
    Result,
    Select,
    SmallInteger,
    String,
    Text,
    and_,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from app.store.base import Base, Id, Json, Moment, now
from app.store.paging import within

State = Literal["awaiting", "held", "withdrawn", "trying", "done", "refused", "failed", "unknown", "settled"]
Ending = Literal["done", "refused", "failed", "unknown"]
Verdict = Literal["done", "failed"]
STATES: tuple[State, ...] = get_args(State)
NOTHING_HAPPENED = {"withdrawn", "refused", "failed"}  # the same click may come again
NO_PART, OF_DESK = text("parent_id IS NULL"), text("shop_id IS NULL")
TO_SEAL = text("(sealed < 2 OR (outcome = 'settled' AND sealed < 3))")
LEASE = timedelta(minutes=5)  # more than any call may take (DESK46_TIME_LIMIT is 120 s at most)


class Act(Base):
    """One act of a person. `asked` holds the parameters of the call, never a secret."""

    __tablename__ = "acts"
    __table_args__ = (
        Index("ix_acts_shop", "shop_id", "id"),
        Index("ix_acts_person", "shop_id", "person_id", "id"),
        Index("ix_acts_customer", "customer_id", "id"),
        Index("ix_acts_what", "shop_id", "what", "id"),
        Index("ix_acts_outcome", "shop_id", "outcome", "id"),
        Index("ix_acts_what_outcome", "shop_id", "what", "outcome", "id"),
        Index("ix_acts_settles", "settles"),
        Index("ix_acts_parent", "parent_id", "id"),
        Index("ix_acts_to_seal", "id", sqlite_where=TO_SEAL, postgresql_where=TO_SEAL),
        Index("ix_acts_whole", "shop_id", "id", sqlite_where=NO_PART, postgresql_where=NO_PART),
        # SQLite takes the acts of no shop for as many as those of any shop, and would look at all acts there are.
        Index("ix_acts_of_desk", "id", sqlite_where=OF_DESK, postgresql_where=OF_DESK),
    )

    id: Mapped[Id]
    at: Mapped[Moment]
    person_id: Mapped[int | None]
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    shop_id: Mapped[int | None]
    what: Mapped[str] = mapped_column(String(64))  # segments.Add, shops.Edit, people.Add …
    customer_id: Mapped[int | None]
    asked: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)
    reason: Mapped[str | None] = mapped_column(Text)
    written: Mapped[str] = mapped_column("outcome", String(9), default="trying")  # what was written last; see `state`
    until: Mapped[datetime | None] = mapped_column(default=lambda: now() + LEASE)  # end of the lease or undo window
    message: Mapped[str | None] = mapped_column(String(500))
    verdict: Mapped[str | None] = mapped_column(String(8))  # done or failed: a person's word on an unknown outcome
    settled: Mapped[dict[str, Any] | None] = mapped_column(Json)  # by whom, when, and how they know
    settles: Mapped[int | None]  # the act whose outcome this one settles
    parent_id: Mapped[int | None]  # the act of long work, of which this one is a part
    ended: Mapped[datetime | None]
    once: Mapped[str | None] = mapped_column(String(64), unique=True)
    request_id: Mapped[str | None] = mapped_column(String(32))
    ip: Mapped[str | None] = mapped_column(String(64))
    sealed: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")  # up to which stage, see seals.py

    @property
    def state(self) -> str:
        """Where it is in its life now: a try whose lease is over was cut off, and nobody knows."""
        is_cut_off = self.written == "trying" and self.until is not None and self.until <= now()
        return "unknown" if is_cut_off else self.written

    @state.setter
    def state(self, state: State) -> None:
        self.written = state

    @property
    def outcome(self) -> str:
        """What became of it: its state, and of a settled one what a person found."""
        return self.verdict or self.state

    @property
    def is_open(self) -> bool:
        """Whether nobody knows what became of it, so that a person may settle it."""
        return self.state == "unknown"


class AlreadyDone(Exception):
    """The same click came a second time; `act` is what the first one did."""

    def __init__(self, act: Act) -> None:
        super().__init__("already done")
        self.act = act


def begin(db: Session, act: Act) -> Act:
    """Write an act down before it is tried; the same click does not begin twice."""
    try:
        with db.begin_nested() if act.once else nullcontext():
            db.add(act)
            db.flush()
    except IntegrityError:
        if (first := by_click(db, act.once)) is None:
            raise
        db.expunge(first)  # it is read after this transaction is undone
        raise AlreadyDone(first) from None
    return act


def by_click(db: Session, once: str | None) -> Act | None:
    """Find what a click did; None if it did nothing, or surely nothing happened."""
    return db.scalar(select(Act).where(Act.once == once)) if once else None


class NotHeld(Exception):
    """It was taken back, or is being tried already."""


def hold(db: Session, act: Act, window: timedelta) -> Act:
    """Write an act down that is not tried before its undo window is over."""
    act.written, act.until = "held", now() + window
    return begin(db, act)


def withdraw(db: Session, act_id: int) -> bool:
    """Take back an act of which nothing was sent; False when it is being tried, or was taken back before."""
    return _move(db, act_id, Act.written.in_(("awaiting", "held")), written="withdrawn", ended=now(), once=None)


def start(db: Session, act_id: int, lease: timedelta | None = LEASE) -> bool:
    """Begin to try a held act. Of all who want to, only one is told yes. Long work has no lease of its own."""
    return _move(db, act_id, Act.written == "held", written="trying", until=lease and now() + lease)


def reopen(db: Session, act_id: int) -> bool:
    """Go on with long work that was ended."""
    return _move(db, act_id, Act.written.in_(("done", "failed")), written="trying", until=None, ended=None)


def done_at_once(act: Act) -> Act:
    """Describe an act of the desk's own that is done in the transaction that writes it down."""
    act.written, act.ended = "done", now()
    return act


def end(
    db: Session, act_id: int, state: Ending, message: str | None = None, after: dict[str, Any] | None = None
) -> bool:
    """Write down how a try ended; False when a person has settled it meanwhile."""
    values: dict[str, Any] = {"written": state, "message": message and message[:500], "ended": now()}
    if state in NOTHING_HAPPENED:
        values["once"] = None  # the same form may be sent again
    if after is not None:
        values["after"] = after
    return _move(db, act_id, Act.written == "trying", **values)


def settle(db: Session, act: Act, verdict: Verdict, note: str, by: Act) -> bool:
    """Take a person's word for what nobody knew. `by` is the act of settling, which joins the trail, done already."""
    word = {"by": by.person, "note": note, "at": now().isoformat(), "outcome": verdict}
    is_open = or_(Act.written == "unknown", _is_cut_off())
    if not _move(db, act.id, is_open, written="settled", verdict=verdict, settled=word):
        return False
    by.settles, by.written, by.ended, by.reason = act.id, "done", now(), note
    by.before, by.after = {"outcome": "unknown"}, {"outcome": verdict}
    db.add(by)
    return True


def settled_in(db: Session, act: Act) -> Act | None:
    """Find the act that settled this one."""
    return db.scalar(select(Act).where(Act.settles == act.id)) if act.verdict else None


def _move(db: Session, act_id: int, allowed: ColumnElement[bool], **values: Any) -> bool:
    """Move an act on in its life; only where it stands as it must, so that of two who try one does."""
    moved: Result[Any] = db.execute(update(Act).where(Act.id == act_id, allowed).values(**values))
    return cast("CursorResult[Any]", moved).rowcount == 1


def _is_cut_off() -> ColumnElement[bool]:
    return and_(Act.written == "trying", Act.until <= now())


def wanted(
    *,
    shop_ids: tuple[int | None, ...] = (),
    person_id: int | None = None,
    customer_id: int | None = None,
    what: str | None = None,
    with_parts: bool = True,
    between: tuple[datetime | None, datetime | None] = (None, None),
) -> Select[Act]:
    """Narrow the trail down to what a reader wants: of long work also each part, or its one act alone."""
    query: Select[Act] = select(Act) if with_parts else select(Act).where(Act.parent_id.is_(None))
    columns: tuple[tuple[InstrumentedAttribute[Any], int | str | None], ...] = (
        (Act.person_id, person_id),
        (Act.customer_id, customer_id),
        (Act.what, what),
    )
    query = query.where(*(column == value for column, value in columns if value not in (None, "")))
    if shop_ids:
        query = query.where(or_(*(Act.shop_id == shop_id for shop_id in shop_ids)))
    return within(query, Act.at, between)


def parts_of(act_id: int) -> Select[Act]:
    return select(Act).where(Act.parent_id == act_id)


def by_state(query: Select[Act], state: str) -> list[Select[Act]]:
    """Narrow it down by state, too; the queries together give what is wanted (`paging.newest` merges them)."""
    return [query.where(way) for way in in_state(state)] if state else [query]


def in_state(state: str) -> list[ColumnElement[bool]]:
    """Give the ways to be in a state: each follows an index, which an OR of them would not."""
    if state == "unknown":
        return [Act.written == "unknown", _is_cut_off()]
    if state == "trying":
        return [and_(Act.written == "trying", or_(Act.until > now(), Act.until.is_(None)))]
    return [Act.written == state]
