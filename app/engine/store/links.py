"""Short links: a code of a domain leads to a URL until a moment."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import urlsplit

from sqlalchemy import String, Table, Text, UniqueConstraint, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.shops import Shop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.engine.store.db import Db

ALPHABET = string.ascii_letters + string.digits
LENGTH = 8  # 62**8 codes: with a million of them alive, one draw in 200 million hits one
OWN = ""  # the domain of the installation
AT_ONCE = 500
RUN_OR_READ_BY_BROWSERS = {
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "javascript",
    "jar",
    "vbscript",
    "view-source",
}


class ShortLink(OfShop, Base):
    """A code is one link's alone on its domain, also where several shops share the domain."""

    __tablename__ = "short_links"
    __table_args__ = (UniqueConstraint("domain", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    domain: Mapped[str] = mapped_column(String(253))
    code: Mapped[str] = mapped_column(String(255))
    url: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]
    expires: Mapped[datetime] = mapped_column(index=True)


class LinkDomain(OfShop, Base):
    """A domain that support has allowed a shop to shorten to."""

    __tablename__ = "link_domains"

    id: Mapped[int] = mapped_column(primary_key=True)
    domain: Mapped[str] = mapped_column(String(253), unique=True)


_links = cast("Table", ShortLink.__table__).c
DESTINATIONS = (
    select(_links.id, _links.url, _links.expires)
    .where(_links.domain.in_([bindparam("domain"), OWN]), _links.code == bindparam("code"))
    .where(_links.expires > bindparam("now"))
    .order_by(_links.domain.desc())
    .limit(1)
)


class Destination(NamedTuple):
    """Where a code leads, and until when."""

    link_id: int
    url: str
    expires: datetime


@dataclass(frozen=True)
class NewLink:
    """A link about to be kept."""

    domain: str
    code: str
    url: str
    expires: datetime


def domains_of(db: Db) -> set[str]:
    return set(db.scalars(select(LinkDomain.domain).where(LinkDomain.shop_id == db.shop.id)))


def keep(db: Db, links: Sequence[NewLink]) -> None:
    """Keep the links; where a code is given twice, the later one overrides, as it does what was there before."""
    db.execute(select(Shop.id).where(Shop.id == db.shop.id).with_for_update(key_share=True))  # one at a time of a shop
    last = {(link.domain, link.code): link for link in links}
    before = [link.id for link in _with(db, last)]
    for start in range(0, len(before), AT_ONCE):
        db.execute(delete(ShortLink).where(ShortLink.id.in_(before[start : start + AT_ONCE])))
    rows = [vars(link) | {"shop_id": db.shop.id, "created": db.now} for link in last.values()]
    db.execute(insert(ShortLink), rows)


def belong_to_others(db: Db, wanted: Iterable[tuple[str, str]]) -> set[str]:
    """Name the codes that lead to a living link of another shop."""
    return {link.code for link in _with(db, wanted) if link.shop_id != db.shop.id and link.expires > db.now}


def new_codes(db: Db, number: int) -> list[str]:
    """Draw codes that no link has."""
    codes: set[str] = set()
    while len(codes) < number:
        drawn = {_draw() for _ in range(number - len(codes))}
        codes |= drawn - {link.code for link in _with(db, ((OWN, code) for code in drawn))}
    return list(codes)


def destination(db: Db, domain: str, code: str) -> Destination | None:
    """Find where a code leads now; a domain that is nobody's own is the installation's."""
    found = db.connection().execute(DESTINATIONS, {"domain": domain, "code": code, "now": db.now}).first()
    return Destination(*found) if found and may_lead_to(found.url) else None


def may_lead_to(url: str) -> bool:
    """Tell whether a browser may be sent there: to a host of the web or into an app, never into code or files."""
    scheme, _colon, rest = url.partition(":")
    if scheme.lower() in RUN_OR_READ_BY_BROWSERS:
        return False
    if scheme.lower() not in {"http", "https"}:
        return bool(rest)
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def delete_expired(db: Db, at_most: int = 1000) -> int:
    """Delete links whose days are over, oldest first; tell how many."""
    over = select(ShortLink.id).where(ShortLink.expires <= db.now).order_by(ShortLink.expires).limit(at_most)
    ids = db.scalars(over).all()
    if ids:
        db.execute(delete(ShortLink).where(ShortLink.id.in_(ids)))
    return len(ids)


def _with(db: Db, wanted: Iterable[tuple[str, str]]) -> list[ShortLink]:
    """Find the links with these codes of these domains, by index and in slices."""
    pairs = set(wanted)
    codes = sorted({code for _domain, code in pairs})
    found: list[ShortLink] = []
    for start in range(0, len(codes), AT_ONCE):
        some = select(ShortLink).where(
            ShortLink.domain.in_({domain for domain, _code in pairs}),
            ShortLink.code.in_(codes[start : start + AT_ONCE]),
        )
        found += db.scalars(some)
    return [link for link in found if (link.domain, link.code) in pairs]


def _draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
