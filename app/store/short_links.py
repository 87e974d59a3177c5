"""The ledger of short links: what each leads to, until when, and who made it. REES46 itself lists none."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store import acts
from app.store.acts import Act
from app.store.base import Base, Id, Moment, now
from app.store.paging import PAGE

SOON = timedelta(days=7)  # before the end a link counts as ending
AT_ONCE = 500  # values in one IN list


class ShortLink(Base):
    """One link. Whether it was made stands at the act that makes it; see `state`."""

    __tablename__ = "short_links"
    __table_args__ = (
        Index("ix_short_links_shop", "shop_id", "id"),
        Index("ix_short_links_ends", "shop_id", "expires", "id"),
        Index("ix_short_links_code", "shop_id", "code", "id"),
        Index("ix_short_links_digest", "shop_id", "digest", "expires"),
        Index("ix_short_links_campaign", "shop_id", "campaign", "id"),
        Index("ix_short_links_batch", "batch_id", "act_id", "id"),
        Index("ix_short_links_act", "act_id"),
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
    replaced_by: Mapped[str | None] = mapped_column(String(16))  # key of the link that took the code over
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))  # None: it waits
    act: Mapped[Act | None] = relationship(lazy="joined")

    @property
    def state(self) -> str:
        """How it stands: waiting, sending, made, refused, failed, unknown, replaced (its code leads elsewhere now)."""
        return _state(self.replaced_by, self.short, self.act.outcome if self.act else None)

    @property
    def message(self) -> str | None:
        return self.act.message if self.act and self.short is None else None

    @property
    def is_alive(self) -> bool:
        return self.expires is not None and self.expires > now()

    @property
    def is_ending(self) -> bool:
        return self.is_alive and self.expires is not None and self.expires < now() + SOON


def _state(replaced_by: str | None, short: str | None, outcome: str | None) -> str:
    if replaced_by or short:
        return "replaced" if replaced_by else "made"
    # An act that is done and gave no short link made something that nobody can name.
    return {None: "waiting", "trying": "sending", "done": "unknown"}.get(outcome, outcome or "")


@dataclass(frozen=True)
class Stretch:
    """Links in the order in which they end, and where the next ones begin (None: there are none)."""

    rows: list[ShortLink]
    following: str | None


def digest_of(url: str, domain: str) -> str:
    """What finds the same target on the same domain again."""
    return hashlib.sha256(f"{domain}\n{url}".encode()).hexdigest()


def by_keys(db: Session, shop_id: int, keys: Sequence[str]) -> list[ShortLink]:
    """Give links in the order in which they are named."""
    found = {
        one.key: one
        for one in db.scalars(select(ShortLink).where(ShortLink.shop_id == shop_id, ShortLink.key.in_(keys)))
    }
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def of_shop(shop_id: int, *, code: str = "", campaign: str = "") -> Select[ShortLink]:
    """The links that came to be, or may have."""
    may_be = or_(*acts.in_state("unknown"), Act.written == "done", Act.verdict == "done")
    query: Select[ShortLink] = select(ShortLink).outerjoin(Act, ShortLink.act_id == Act.id)
    query = query.where(ShortLink.shop_id == shop_id, or_(ShortLink.short.is_not(None), may_be))
    if code:
        query = query.where(ShortLink.code == code)
    return query.where(ShortLink.campaign == campaign) if campaign else query


def of_batch(batch_id: int) -> Select[ShortLink]:
    return select(ShortLink).where(ShortLink.batch_id == batch_id)


def counts(db: Session, batch_id: int) -> dict[str, int]:
    """Count the links of a batch by state."""
    links: dict[str, int] = {}
    made, replaced = ShortLink.short.is_not(None), ShortLink.replaced_by.is_not(None)
    query = select(ShortLink.act_id, made, replaced, func.count()).where(ShortLink.batch_id == batch_id)
    rows = db.execute(query.group_by(ShortLink.act_id, made, replaced)).all()
    ids = {act_id for act_id, *_rest in rows}
    outcomes: dict[int | None, str] = {act.id: act.outcome for act in db.scalars(select(Act).where(Act.id.in_(ids)))}
    for act_id, is_made, is_replaced, number in rows:
        state = _state("x" if is_replaced else None, "x" if is_made else None, outcomes.get(act_id))
        links[state] = links.get(state, 0) + number
    return links


def unsure(db: Session, batch_id: int) -> list[Act]:
    """The acts that may have made links of a batch, or of which somebody found that they did not."""
    ids = select(ShortLink.act_id).where(ShortLink.batch_id == batch_id, ShortLink.short.is_(None)).distinct()
    rows = db.scalars(select(Act).where(Act.id.in_(ids)).order_by(Act.id).limit(PAGE))
    return [act for act in rows if act.state in {"unknown", "settled", "done"}]


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


def ending_between(db: Session, shop_id: int, begins: datetime, ends: datetime) -> int:
    """Count the links that end from one moment until before another; those whose code was taken over do not count."""
    within = (ShortLink.expires >= begins, ShortLink.expires < ends, ShortLink.replaced_by.is_(None))
    return db.scalar(select(func.count()).where(ShortLink.shop_id == shop_id, *within)) or 0


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
    return {(row.domain, row.code or ""): row for row in rows}


def living_by_target(db: Session, shop_id: int, digests: Iterable[str]) -> dict[str, ShortLink]:
    """Find the living links that lead to the same targets, those that live longest."""
    rows = _living(db, shop_id, ShortLink.digest, digests)
    return {one.digest: one for one in sorted(rows, key=lambda row: row.expires or now())}


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


def waiting(db: Session, batch_id: int, limit: int) -> list[ShortLink]:
    """The next links to be made."""
    query = of_batch(batch_id).where(ShortLink.act_id.is_(None))
    return list(db.scalars(query.order_by(ShortLink.id).limit(limit)))


class Taken(Exception):
    """Another act makes one of these links."""


def take(db: Session, links: Sequence[ShortLink], act_id: int) -> None:
    """Let an act make waiting links: all of them, or it is undone."""
    mine = update(ShortLink).where(ShortLink.id.in_([link.id for link in links]), ShortLink.act_id.is_(None))
    if cast("CursorResult[Any]", db.execute(mine.values(act_id=act_id))).rowcount != len(links):
        raise Taken


def let_go(db: Session, act_id: int) -> None:
    """Let the links of an act that made none of them wait again."""
    db.execute(update(ShortLink).where(ShortLink.act_id == act_id).values(act_id=None))


def made(db: Session, link: ShortLink, short: str) -> None:
    """Note a link that was made. Whatever had its code leads nowhere of its own any more."""
    kept = db.get_one(ShortLink, link.id)
    kept.short = short
    kept.code = short.rstrip("/").rpartition("/")[2][:64]
    kept.expires = now() + timedelta(days=kept.lifetime)
    older = (
        ShortLink.shop_id == kept.shop_id,
        ShortLink.code == kept.code,
        ShortLink.domain == kept.domain,
        ShortLink.id != kept.id,
        ShortLink.expires > now(),
    )
    db.execute(update(ShortLink).where(*older).values(expires=now(), replaced_by=kept.key))


def try_again(db: Session, batch_id: int) -> None:
    """Let links be made once more of which nobody knows whether they were, or somebody found that they were not."""
    lost = exists().where(
        Act.id == ShortLink.act_id, or_(*acts.in_state("unknown"), Act.written == "done", Act.written == "settled")
    )
    unmade = (ShortLink.batch_id == batch_id, ShortLink.short.is_(None), lost)
    db.execute(update(ShortLink).where(*unmade).values(act_id=None))
