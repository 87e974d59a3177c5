"""What the desk has seen of communications: REES46 gives the last 20 and only the latest text, people need more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Index, Select, String, UniqueConstraint, cast, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Json, Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OPEN = ("open", "new", "in_progress")  # statuses of what somebody still has to answer
FIELDS = (
    "channel",
    "event",
    "location_id",
    "call_type",
    "call_theme",
    "subject_appeal",
    "comment",
    "author_type",
    "status",
)


class Communication(Base):
    """A communication as the desk saw it last. `number` is REES46's, `date` its own words: no zone is stated."""

    __tablename__ = "communications"
    __table_args__ = (
        UniqueConstraint("shop_id", "number"),
        Index("ix_communications_customer", "customer_id", "id"),
        Index("ix_communications_shop", "shop_id", "id"),
        Index("ix_communications_theme", "shop_id", "theme", "id"),
        Index("ix_communications_channel", "shop_id", "channel", "id"),
        Index("ix_communications_ours", "shop_id", "is_ours", "id"),
        Index("ix_communications_status", "shop_id", "status", "id"),
    )

    id: Mapped[Id]
    shop_id: Mapped[int]
    customer_id: Mapped[int]
    number: Mapped[str] = mapped_column(String(255))
    channel: Mapped[str] = mapped_column(String(255), default="")
    theme: Mapped[str] = mapped_column(String(255), default="")
    status: Mapped[str] = mapped_column(String(255), default="")
    date: Mapped[str | None] = mapped_column(String(32))
    fields: Mapped[dict[str, Any]] = mapped_column(Json)
    is_ours: Mapped[bool] = mapped_column(default=False)  # it was logged at this desk
    logged_by: Mapped[str | None] = mapped_column(String(120))  # by whom, if it was
    seen: Mapped[Moment]
    taken_by: Mapped[int | None]  # the person who answers it
    taker: Mapped[str | None] = mapped_column(String(120))  # the name at that time

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def take(self, fields: Mapping[str, Any]) -> None:
        self.fields = {name: fields.get(name) for name in FIELDS}
        self.channel = str(fields.get("channel") or "")[:255]
        self.theme = str(fields.get("call_theme") or "")[:255]
        self.status = str(fields.get("status") or "")[:255]


class Version(Base):
    """What stood there before a change. `changed_by` is none when it was changed outside the desk."""

    __tablename__ = "communication_versions"
    __table_args__ = (Index("ix_communication_versions_of", "communication_id", "id"),)

    id: Mapped[Id]
    communication_id: Mapped[int]
    at: Mapped[Moment]  # when the change was made, or first seen
    changed_by: Mapped[str | None] = mapped_column(String(120))
    fields: Mapped[dict[str, Any]] = mapped_column(Json)


def by_number(db: Session, shop_id: int, number: str) -> Communication | None:
    return db.scalar(select(Communication).where(Communication.shop_id == shop_id, Communication.number == number))


def by_numbers(db: Session, shop_id: int, numbers: Iterable[str]) -> dict[str, Communication]:
    query = select(Communication).where(Communication.shop_id == shop_id, Communication.number.in_(list(numbers)))
    return {known.number: known for known in db.scalars(query)}


def is_news(known: Communication | None, fields: Mapping[str, Any], date: str | None) -> bool:
    """Whether what was read is new, or differs from what was seen before."""
    return known is None or known.fields != fields or (date is not None and known.date != date)


def keep(
    db: Session,
    shop_id: int,
    customer_id: int,
    number: str,
    fields: Mapping[str, Any],
    *,
    date: str | None = None,
    by: str | None = None,
    is_new: bool = False,
) -> Communication:
    """Keep a communication as it is now. What stood there before becomes a version of its own.

    `by` is who of the desk logged it (`is_new`) or changed it.
    """
    known = by_number(db, shop_id, number)
    if known is None:
        known = Communication(shop_id=shop_id, customer_id=customer_id, number=number, fields={})
        known.is_ours, known.logged_by = is_new, by if is_new else None
        db.add(known)
    elif known.fields != {name: fields.get(name) for name in FIELDS}:
        db.add(Version(communication_id=known.id, changed_by=by, fields=known.fields))
    known.take(fields)
    known.date = date or known.date
    db.flush()
    return known


def versions(db: Session, communication_id: int) -> list[Version]:
    """The former texts, the latest first; a text is rarely changed more than a few times."""
    query = select(Version).where(Version.communication_id == communication_id)
    return list(db.scalars(query.order_by(Version.id.desc()).limit(100)))


def changed(db: Session, ids: Iterable[int]) -> set[int]:
    """Tell which of these have former texts."""
    query = select(Version.communication_id).where(Version.communication_id.in_(list(ids))).distinct()
    return set(db.scalars(query))


def older(db: Session, customer_id: int, listed: Iterable[str]) -> list[Communication]:
    """What the desk remembers of a customer and REES46 no longer lists, newest first."""
    query = select(Communication).where(
        Communication.customer_id == customer_id, Communication.number.not_in(list(listed))
    )
    return list(db.scalars(query.order_by(Communication.id.desc()).limit(50)))


def wanted(
    shop_id: int,
    *,
    channel: str = "",
    theme: str = "",
    ours: bool = False,
    days: tuple[date | None, date | None] = (None, None),
) -> Select[Communication]:
    """Narrow the list of what the desk has seen. Days are those that REES46 names, or else when it was seen."""
    query = select(Communication).where(Communication.shop_id == shop_id)
    if channel:
        query = query.where(Communication.channel == channel)
    if theme:
        query = query.where(Communication.theme == theme)
    first, last = days
    if first:
        query = query.where(_day() >= first.isoformat())
    if last:
        query = query.where(_day() <= last.isoformat())
    return query.where(Communication.is_ours) if ours else query


def _day() -> ColumnElement[str]:
    return func.substr(func.coalesce(Communication.date, cast(Communication.seen, String)), 1, len("2026-11-01"))
