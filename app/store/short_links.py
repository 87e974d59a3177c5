"""The ledger of short links: what each leads to, until when, and who made it. REES46 itself lists none."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, Select, String, Text, func, select, tuple_, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now
from app.store.paging import PAGE

SOON = timedelta(days=7)  # before the end a link counts as ending
LEASE = timedelta(seconds=60)  # after which a call that nobody ended counts as unknown
AT_ONCE = 500  # values in one IN list


class ShortLink(Base):
    """One link. States: waiting, sending, made, refused, unknown, replaced (its code leads elsewhere now)."""

    __tablename__ = "short_links"
    __table_args__ = (
        Index("ix_short_links_shop", "shop_id", "id"),
        Index("ix_short_links_ends", "shop_id", "expires", "id"),
        Index("ix_short_links_code", "shop_id", "code", "id"),
        Index("ix_short_links_digest", "shop_id", "digest", "expires"),
        Index("ix_short_links_campaign", "shop_id", "campaign", "id"),
        Index("ix_short_links_batch", "batch_id", "state", "id"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    batch_id: Mapped[int]
    at: Mapped[Moment]
    person: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    campaign: Mapped[str | None] = mapped_column(String(255))
    lifetime: Mapped[int]
    domain: Mapped[str] = mapped_column(String(253), default="")
    code: Mapped[str | None] = mapped_column(String(64))
    is_own: Mapped[bool] = mapped_column(default=False)  # the code was asked for, not drawn
    short: Mapped[str | None] = mapped_column(String(1000))
    expires: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    message: Mapped[str | None] = mapped_column(String(500))
    tries: Mapped[int] = mapped_column(default=0)
    tried: Mapped[datetime | None]
    replaced_by: Mapped[str | None] = mapped_column(String(16))  # key of the link that took the code over

    @property
    def is_alive(self) -> bool:
        return self.expires is not None and self.expires > now()

    @property
    def is_ending(self) -> bool:
        return self.is_alive and self.expires is not None and self.expires < now() + SOON


@dataclass(frozen=True)
class Stretch:
    """Links in the order in which they end, and where the next ones begin (None: there are none)."""

    rows: list[ShortLink]
    following: str | None


def digest_of(url: str, domain: str) -> str:
    """What finds the same target on the same domain again."""
    return hashlib.sha256(f"{domain}\n{url}".encode()).hexdigest()


def by_key(db: Session, key: str) -> ShortLink | None:
    return db.scalar(select(ShortLink).where(ShortLink.key == key))


def by_keys(db: Session, shop_id: int, keys: Sequence[str]) -> list[ShortLink]:
    """Give links in the order in which they are named."""
    found = {
        one.key: one
        for one in db.scalars(select(ShortLink).where(ShortLink.shop_id == shop_id, ShortLink.key.in_(keys)))
    }
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def of_shop(shop_id: int, *, code: str = "", campaign: str = "") -> Select[ShortLink]:
    """The links that came to be, or may have."""
    query: Select[ShortLink] = select(ShortLink).where(
        ShortLink.shop_id == shop_id, ShortLink.state.in_(("made", "replaced", "unknown"))
    )
    if code:
        query = query.where(ShortLink.code == code)
    return query.where(ShortLink.campaign == campaign) if campaign else query


def of_batch(batch_id: int) -> Select[ShortLink]:
    return select(ShortLink).where(ShortLink.batch_id == batch_id)


def counts(db: Session, batch_id: int) -> dict[str, int]:
    """Count the links of a batch by state."""
    query = select(ShortLink.state, func.count()).where(ShortLink.batch_id == batch_id).group_by(ShortLink.state)
    return dict(db.execute(query).all())


def by_end(db: Session, shop_id: int, *, living: bool, start: str = "", limit: int = PAGE) -> Stretch:
    """List living links by what ends first, or those that are over by what ended last; `start` is where to go on."""
    place = (ShortLink.expires, ShortLink.id)
    query = select(ShortLink).where(ShortLink.shop_id == shop_id)
    query = query.where(ShortLink.expires > now() if living else ShortLink.expires <= now())
    if (cursor := _cursor(start)) is not None:
        query = query.where(tuple_(*place) > tuple_(*cursor) if living else tuple_(*place) < tuple_(*cursor))
    found = list(db.scalars(query.order_by(*(one.asc() if living else one.desc() for one in place)).limit(limit + 1)))
    rows = found[:limit]
    more = len(found) > limit and rows[-1].expires is not None
    return Stretch(rows, f"{rows[-1].expires:%Y%m%dT%H%M%S%f}.{rows[-1].id}" if more else None)


def _cursor(start: str) -> tuple[datetime, int] | None:
    """Read where to go on; nonsense counts as nothing."""
    moment, _dot, number = start.partition(".")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S%f"), int(number[:18])  # noqa: DTZ007  # UTC without a zone, as kept
    except ValueError:
        return None


def living_by_code(db: Session, shop_id: int, codes: Iterable[str]) -> dict[tuple[str, str], ShortLink]:
    """Find the living links that have these codes, by domain and code."""
    rows = _living(db, shop_id, ShortLink.code, codes)
    return {(one.domain, one.code or ""): one for one in rows}


def living_by_target(db: Session, shop_id: int, digests: Iterable[str]) -> dict[str, ShortLink]:
    """Find the living links that lead to the same targets, those that live longest."""
    rows = _living(db, shop_id, ShortLink.digest, digests)
    return {one.digest: one for one in sorted(rows, key=lambda one: one.expires or now())}


def _living(db: Session, shop_id: int, column: object, values: Iterable[str]) -> list[ShortLink]:
    wanted, found = sorted(set(values)), []
    for place in range(0, len(wanted), AT_ONCE):
        query = select(ShortLink).where(
            ShortLink.shop_id == shop_id,
            column.in_(wanted[place : place + AT_ONCE]),  # type: ignore[attr-defined]  # a column of the table above
            ShortLink.expires > now(),
        )
        found += list(db.scalars(query))
    return found


def take(db: Session, batch_id: int, limit: int) -> list[ShortLink]:
    """Take the next links for sending; that they are about to be sent is written down before they are."""
    query = of_batch(batch_id).where(ShortLink.state == "waiting").order_by(ShortLink.id).limit(limit)
    rows = list(db.scalars(query.with_for_update(skip_locked=True)))
    for one in rows:
        one.state, one.tries, one.tried = "sending", one.tries + 1, now()
    return rows


def end(db: Session, links: Sequence[ShortLink], state: str, message: str | None = None) -> None:
    """Note that links were not made (refused), may have been (unknown), or are to be tried again (waiting)."""
    ids = [one.id for one in links]
    db.execute(update(ShortLink).where(ShortLink.id.in_(ids)).values(state=state, message=message))


def made(db: Session, link: ShortLink, short: str) -> None:
    """Note a link that was made. Whatever had its code leads nowhere of its own any more."""
    kept = db.get_one(ShortLink, link.id)
    kept.state, kept.short, kept.message = "made", short, None
    kept.code = short.rstrip("/").rpartition("/")[2][:64]
    kept.expires = now() + timedelta(days=kept.lifetime)
    older = (
        ShortLink.shop_id == kept.shop_id, ShortLink.code == kept.code, ShortLink.domain == kept.domain,
        ShortLink.id != kept.id, ShortLink.expires > now(),
    )  # fmt: skip
    db.execute(update(ShortLink).where(*older).values(state="replaced", expires=now(), replaced_by=kept.key))


def settle_cut_off(db: Session, batch_id: int) -> None:
    """Call unknown what was being sent when a process died."""
    cut_off = (ShortLink.batch_id == batch_id, ShortLink.state == "sending", ShortLink.tried < now() - LEASE)
    db.execute(update(ShortLink).where(*cut_off).values(state="unknown"))


def try_again(db: Session, batch_id: int) -> None:
    """Let links whose making nobody knows of be made once more."""
    unknown = (ShortLink.batch_id == batch_id, ShortLink.state == "unknown")
    db.execute(update(ShortLink).where(*unknown).values(state="waiting", message=None))
