"""The audit trail: who did what to whom, before and after, and how it ended. Written before it is tried."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Index, Select, String, Text, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from app.store.base import Base, Id, Json, Moment, now

Outcome = Literal["trying", "done", "refused", "unknown", "failed"]


class Act(Base):
    """One act of a person. `asked` holds the parameters of the call, never a secret."""

    __tablename__ = "acts"
    __table_args__ = (
        Index("ix_acts_shop", "shop_id", "id"),
        Index("ix_acts_person", "shop_id", "person_id", "id"),
        Index("ix_acts_customer", "customer_id", "id"),
        Index("ix_acts_what", "shop_id", "what", "id"),
        Index("ix_acts_outcome", "shop_id", "outcome", "id"),
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
    outcome: Mapped[str] = mapped_column(String(8), default="trying")
    message: Mapped[str | None] = mapped_column(String(500))
    settled: Mapped[dict[str, Any] | None] = mapped_column(Json)  # a person's word on an unknown outcome
    ended: Mapped[Moment | None] = mapped_column(default=None)
    once: Mapped[str | None] = mapped_column(String(64), unique=True)
    request_id: Mapped[str | None] = mapped_column(String(32))
    ip: Mapped[str | None] = mapped_column(String(64))


class AlreadyDone(Exception):
    """The same click came a second time; `act` is what the first one did."""

    def __init__(self, act: Act) -> None:
        super().__init__("already done")
        self.act = act


def begin(db: Session, act: Act) -> Act:
    """Write an act down before it is tried; a second one with the same `once` is not begun."""
    try:
        with db.begin_nested():
            db.add(act)
    except IntegrityError:
        known = db.scalar(select(Act).where(Act.once == act.once)) if act.once else None
        if known is None:
            raise
        db.expunge(known)  # it is read after this transaction is undone
        raise AlreadyDone(known) from None
    return act


def end(
    db: Session, act_id: int, outcome: Outcome, message: str | None = None, after: dict[str, Any] | None = None
) -> None:
    """Write down how it ended."""
    act = db.get_one(Act, act_id)
    act.outcome, act.message, act.ended = outcome, message, now()
    if outcome in {"refused", "failed"}:
        act.once = None  # nothing happened: the same form may be sent again
    if after is not None:
        act.after = after


def wanted(  # the filters of the trail page
    *, shop_ids: tuple[int | None, ...] = (), person_id: int | None = None, customer_id: int | None = None,
    what: str | None = None, outcome: str | None = None,
) -> Select[Act]:  # fmt: skip
    query: Select[Act] = select(Act)
    columns: tuple[tuple[InstrumentedAttribute[Any], int | str | None], ...] = (
        (Act.person_id, person_id), (Act.customer_id, customer_id),
        (Act.what, what), (Act.outcome, outcome),
    )  # fmt: skip
    for column, value in columns:
        if value not in (None, ""):
            query = query.where(column == value)
    if shop_ids:
        query = query.where(or_(*(Act.shop_id == shop_id for shop_id in shop_ids)))
    return query
