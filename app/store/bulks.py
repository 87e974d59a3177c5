"""Bulk acts: one thing done to each of many customers. A row for each: what the dry run said, and the act that did it.

draft, checking (the dry run), checked, running, done; back to checked when it is taken back in its undo window.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    and_,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.acts import Act
from app.store.base import Base, Id, Json, Moment, now
from app.store.customers import KnownCustomer
from app.vault import LOCKED

KEPT_FOR = timedelta(days=30)
State = Literal["change", "same", "refused"]
OUTCOMES = ("waiting", "change", "same", "refused", "sending", "done", "failed", "unknown")


class Bulk(Base):
    """What is to be done, to how many, and how far it is. `asked` holds what is the same for all of them."""

    __tablename__ = "bulks"
    __table_args__ = (Index("ix_bulks_shop", "shop_id", "id"), Index("ix_bulks_forgotten", "forgotten", "at"))

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person_id: Mapped[int]
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    kind: Mapped[str] = mapped_column(String(24), default="")  # empty while nothing was chosen
    source: Mapped[str] = mapped_column(String(200), default="")  # the list they were chosen from
    state: Mapped[str] = mapped_column(String(8), default="draft")
    asked: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    reason: Mapped[str | None] = mapped_column(Text)
    rows: Mapped[int] = mapped_column(default=0)
    ended: Mapped[datetime | None]
    forgotten: Mapped[bool] = mapped_column(default=False)  # whether its rows were let go


class BulkRow(Base):
    """One customer of it. Once it was tried, what became of it stands at its act."""

    __tablename__ = "bulk_rows"
    __table_args__ = (Index("ix_bulk_rows_bulk", "bulk_id", "id"), Index("ix_bulk_rows_act", "act_id"))

    id: Mapped[Id]
    shop_id: Mapped[int]
    bulk_id: Mapped[int] = mapped_column(ForeignKey("bulks.id", ondelete="CASCADE"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[KnownCustomer] = relationship(lazy="joined", innerjoin=True)
    state: Mapped[str] = mapped_column(String(8), default="waiting")  # waiting, change, same, refused
    why: Mapped[str] = mapped_column(String(500), default="")
    details: Mapped[str | None] = mapped_column(Text, info=LOCKED)  # what is sent for this row alone
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    act: Mapped[Act | None] = relationship(lazy="joined")

    @property
    def outcome(self) -> str:
        """What the dry run said, and once it was tried, what became of it."""
        if self.act is None:
            return self.state
        return {"trying": "sending"}.get(self.act.outcome, self.act.outcome)

    @property
    def answer(self) -> str:
        """Why it is as it is, in words."""
        return (self.act.message or "" if self.act else self.why) or self.why


def add(db: Session, bulk: Bulk, customer_ids: Iterable[int]) -> Bulk:
    """Keep a draft with its customers, each once."""
    db.add(bulk)
    db.flush()
    ids: dict[int, str | None] = dict.fromkeys(customer_ids)
    bulk.rows = len(ids)
    add_rows(db, bulk, ids)
    return bulk


def add_rows(db: Session, bulk: Bulk, details: Mapping[int, str | None]) -> None:
    """Keep rows of these customers, with what is kept of each, encrypted."""
    db.add_all(
        BulkRow(shop_id=bulk.shop_id, bulk_id=bulk.id, customer_id=number, details=kept)
        for number, kept in details.items()
    )


def by_key(db: Session, key: str) -> Bulk:
    return db.scalars(select(Bulk).where(Bulk.key == key)).one()


def move(db: Session, bulk_id: int, before: str, then: str, **more: Any) -> bool:
    """Move it on; of two clicks only one does."""
    here = update(Bulk).where(Bulk.id == bulk_id, Bulk.state == before)
    moved = db.execute(here.values(state=then, **more))
    return bool(moved.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def begin_check(db: Session, bulk_id: int, kind: str, asked: dict[str, Any]) -> bool:
    """Look at all rows, of a draft or again with something else in mind; False once it was begun."""
    if not any(move(db, bulk_id, before, "checking", kind=kind, asked=asked) for before in ("draft", "checked")):
        return False
    anew = {"state": "waiting", "why": "", "details": None}
    db.execute(update(BulkRow).where(BulkRow.bulk_id == bulk_id).values(**anew))
    return True


def unchecked(db: Session, bulk_id: int, most: int) -> list[BulkRow]:
    query = select(BulkRow).where(BulkRow.bulk_id == bulk_id, BulkRow.state == "waiting")
    return list(db.scalars(query.order_by(BulkRow.id).limit(most)))


def untried(db: Session, bulk_id: int, most: int) -> list[BulkRow]:
    """The next rows to be done."""
    query = select(BulkRow).where(BulkRow.bulk_id == bulk_id, BulkRow.state == "change", BulkRow.act_id.is_(None))
    return list(db.scalars(query.order_by(BulkRow.id).limit(most)))


def ids_to_change(db: Session, bulk_id: int) -> list[int]:
    """Name the rows of which the dry run said that they change."""
    rows = select(BulkRow.id).where(BulkRow.bulk_id == bulk_id, BulkRow.state == "change")
    return list(db.scalars(rows.order_by(BulkRow.id)))


class Taken(Exception):
    """Another act is at one of these rows."""


def take(db: Session, rows: Sequence[BulkRow], act_id: int) -> None:
    """Let an act do rows: all of them, or it is undone."""
    mine = update(BulkRow).where(BulkRow.id.in_([row.id for row in rows]), BulkRow.act_id.is_(None))
    taken = db.execute(mine.values(act_id=act_id))
    if taken.rowcount != len(rows):  # type: ignore[attr-defined]  # as above
        raise Taken


def let_go(db: Session, act_id: int) -> None:
    """Let rows be tried again of which an act surely did nothing, or does no harm a second time."""
    db.execute(update(BulkRow).where(BulkRow.act_id == act_id).values(act_id=None))


def try_again(db: Session, bulk_id: int, states: Collection[str]) -> None:
    """Let rows be tried again whose act ended so."""
    query = select(BulkRow).where(BulkRow.bulk_id == bulk_id, BulkRow.act_id.is_not(None))
    for row in db.scalars(query):
        if row.outcome in states:
            row.act_id = None


def cut_off(db: Session, bulk_id: int) -> None:
    """Let rows be tried again that a worker died at, where a second time does no harm."""
    died = select(Act.id).where(or_(Act.written == "unknown", and_(Act.written == "trying", Act.until.is_not(None))))
    rows = update(BulkRow).where(BulkRow.bulk_id == bulk_id, BulkRow.act_id.in_(died))
    db.execute(rows.values(act_id=None), execution_options={"synchronize_session": False})


def _outcome() -> ColumnElement[str]:
    is_cut_off = and_(Act.written == "trying", Act.until <= now())
    written = case((is_cut_off, "unknown"), (Act.written == "trying", "sending"), else_=Act.written)
    return func.coalesce(Act.verdict, written, BulkRow.state)


def counts(db: Session, bulk_id: int) -> dict[str, int]:
    """Count the rows by outcome."""
    outcome = _outcome().label("outcome")
    query = select(outcome, func.count()).select_from(BulkRow).outerjoin(Act, BulkRow.act_id == Act.id)
    return {row[0]: row[1] for row in db.execute(query.where(BulkRow.bulk_id == bulk_id).group_by(outcome))}


def of_shop(shop_id: int) -> Select[Bulk]:
    return select(Bulk).where(Bulk.shop_id == shop_id)


def of_bulk(bulk_id: int, outcome: str = "") -> Select[BulkRow]:
    """Its rows, or those that ended so."""
    query = select(BulkRow).where(BulkRow.bulk_id == bulk_id)
    if not outcome:
        return query
    return query.outerjoin(Act, BulkRow.act_id == Act.id).where(_outcome() == outcome)


def forget_old(db: Session) -> None:
    """Let go of the rows of bulk acts older than a month; what was done stands in the trail."""
    query = select(Bulk).where(Bulk.forgotten.is_(False), Bulk.at < now() - KEPT_FOR).order_by(Bulk.at).limit(20)
    for bulk in db.scalars(query):
        db.execute(delete(BulkRow).where(BulkRow.bulk_id == bulk.id))
        bulk.forgotten = True
