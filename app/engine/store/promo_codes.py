"""Promo lists and their codes: each code is handed out once, in the order of upload."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.batches import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement

    from app.engine.store.db import Db

AT_ONCE = 900  # values in one IN list


class PromoList(OfShop, Base):
    """A list of codes. What is left is `uploaded - handed_out`: counting rows would cost more with every code."""

    __tablename__ = "promo_lists"
    __table_args__ = (UniqueConstraint("shop_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(255))  # the ID that calls name it by, most often digits
    name: Mapped[str] = mapped_column(String(255))
    uploaded: Mapped[int] = mapped_column(default=0)
    handed_out: Mapped[int] = mapped_column(default=0)
    is_sticky: Mapped[bool] = mapped_column(default=False)  # a device that comes again gets its code again


class PromoCode(OfShop, Base):
    """A code at its place in the queue, and once it is handed out: to whom and when."""

    __tablename__ = "promo_codes"
    __table_args__ = (
        UniqueConstraint("promo_list_id", "code"),
        UniqueConstraint("promo_list_id", "place"),
        Index(None, "promo_list_id", "did"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    promo_list_id: Mapped[int] = mapped_column(ForeignKey("promo_lists.id", ondelete="CASCADE"))
    place: Mapped[int]
    code: Mapped[str] = mapped_column(String(255))
    fetched: Mapped[datetime | None]
    did: Mapped[str | None] = mapped_column(String(255))
    seance: Mapped[str | None] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(String(254))


class Queue(NamedTuple):
    """What handing out a code has to know of its list."""

    id: int
    handed_out: int
    is_sticky: bool


_lists, _codes = (cast("Table", model.__table__) for model in (PromoList, PromoCode))
QUEUE = (
    select(_lists.c.id, _lists.c.handed_out, _lists.c.is_sticky)
    .where(_lists.c.shop_id == bindparam("shop"), _lists.c.number == bindparam("number"))
    .with_for_update()
)
TAKE = (
    update(_codes)
    .where(_codes.c.promo_list_id == bindparam("its_list"), _codes.c.place == bindparam("next"))
    .values({name: bindparam(name) for name in ("fetched", "did", "seance", "email")})
    .returning(_codes.c.code)
)
COUNT_ON = update(_lists).where(_lists.c.id == bindparam("its_list")).values(handed_out=_lists.c.handed_out + 1)


def lists_of(db: Db) -> Sequence[PromoList]:
    return db.scalars(select(PromoList).where(PromoList.shop_id == db.shop.id).order_by(PromoList.id)).all()


def list_to_change(db: Db, number: str) -> PromoList | None:
    """Find a list and lock it: whoever hands out or uploads at the same time waits until this is committed."""
    found = select(PromoList).where(PromoList.shop_id == db.shop.id, PromoList.number == number)
    return db.scalar(found.with_for_update())


def queue_to_take_from(db: Db, number: str) -> Queue | None:
    """Find a list as `list_to_change` does, where only its queue is wanted: codes are handed out all the time."""
    row = db.execute(QUEUE, {"shop": db.shop.id, "number": number}).one_or_none()
    return Queue(*row) if row else None


def upload(db: Db, promo_list: PromoList, codes: Iterable[str]) -> None:
    """Put new codes at the end of the queue; those the list has already, used or not, are left out."""
    wanted = list(dict.fromkeys(codes))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        query = select(PromoCode.code).where(PromoCode.promo_list_id == promo_list.id, PromoCode.code.in_(some))
        known = set(db.scalars(query))
        rows = [
            {"shop_id": promo_list.shop_id, "promo_list_id": promo_list.id, "place": place, "code": code}
            for place, code in enumerate((code for code in some if code not in known), promo_list.uploaded)
        ]
        if rows:
            db.execute(insert(PromoCode), rows)
            promo_list.uploaded += len(rows)


def code_of(db: Db, promo_list: Queue, did: str) -> str | None:
    """Find the code that a device got from the list, the last if there are several."""
    query = select(PromoCode.code).where(PromoCode.promo_list_id == promo_list.id, PromoCode.did == did)
    return db.scalar(query.order_by(PromoCode.place.desc()).limit(1))


def hand_out(db: Db, promo_list: Queue, to: Mapping[str, str | None]) -> str | None:
    """Take the next code off the queue, and note on it to whom it goes: `did`, `seance`, `email`."""
    taken = db.execute(TAKE, {"its_list": promo_list.id, "next": promo_list.handed_out, "fetched": db.now, **to})
    code: str | None = taken.scalar()
    if code is not None:
        db.execute(COUNT_ON, {"its_list": promo_list.id})
    return code


def purge(db: Db, promo_list: PromoList) -> None:
    """Throw away the codes in the queue."""
    db.execute(delete(PromoCode).where(*_queue(promo_list)))
    promo_list.uploaded = promo_list.handed_out


def remove(db: Db, promo_list: PromoList, codes: Iterable[str]) -> int:
    """Delete codes, and close the gaps they leave in the queue; say how many there were."""
    gone = 0
    for some in batches(codes):
        mine = delete(PromoCode).where(PromoCode.promo_list_id == promo_list.id, PromoCode.code.in_(some))
        gone += len(db.execute(mine.returning(PromoCode.id)).all())
    if gone:
        promo_list.uploaded = promo_list.handed_out + _close_ranks(db, promo_list)
    return gone


def _close_ranks(db: Db, promo_list: PromoList) -> int:
    """Number the queue anew; no two places may ever be the same, so it goes by way of places below zero."""
    rank = func.row_number().over(order_by=PromoCode.place) - 1
    ranked = select(PromoCode.id, rank.label("rank")).where(*_queue(promo_list)).subquery()
    aside = update(PromoCode).where(PromoCode.id == ranked.c.id).values(place=-1 - ranked.c.rank)
    moved = len(db.execute(aside.returning(PromoCode.id)).all())
    back = update(PromoCode).where(PromoCode.promo_list_id == promo_list.id, PromoCode.place < 0)
    db.execute(back.values(place=promo_list.handed_out - 1 - PromoCode.place))
    return moved


def _queue(promo_list: PromoList) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PromoCode.promo_list_id == promo_list.id, PromoCode.place >= promo_list.handed_out
