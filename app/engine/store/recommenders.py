"""Blocks of recommendations, and the lists that the worker computes for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.batches import batches
from app.engine.store.db import Db
from app.engine.store.upsert import upsert

POPULAR, SIMILAR, ALSO_BOUGHT = "popular", "similar", "also_bought"
SEARCH, RECENTLY_VIEWED, PERSONAL = "search", "recently_viewed", "personal"
RULES = (POPULAR, SIMILAR, ALSO_BOUGHT, SEARCH, RECENTLY_VIEWED, PERSONAL)

LONGEST = 255  # characters that an index takes of any alphabet; what is longer has no list
Key = tuple[str, str]  # the rule, and what the list is about: a category, a product, a query, or the whole shop: ""
Lists = dict[Key, list[str]]


class Recommender(OfShop, Base):
    """A block; pages name it by its code."""

    __tablename__ = "recommenders"
    __table_args__ = (UniqueConstraint("shop_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(255))
    rule: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(default=10)


class Computed(OfShop, Base):
    """A list of products, the best first: popular in a category, bought along with a product, chosen after a query."""

    __tablename__ = "recommendations"
    __table_args__ = (UniqueConstraint("shop_id", "rule", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(16))
    about: Mapped[str] = mapped_column(String(LONGEST))
    items: Mapped[list[str]] = mapped_column(Json)
    at: Mapped[datetime]


def recommender_of(db: Db, code: str) -> Recommender | None:
    """Find a block by its code."""
    return db.scalar(select(Recommender).where(Recommender.shop_id == db.shop.id, Recommender.code == code))


def computed(db: Db, rule: str, about: Sequence[str]) -> Lists:
    """Give the lists of a rule for some products, categories or the like; where nothing is known there is none."""
    found = select(Computed.rule, Computed.about, Computed.items)
    found = found.where(Computed.shop_id == db.shop.id, Computed.rule == rule, Computed.about.in_(about))
    return {(rule, about): items for rule, about, items in db.execute(found)}


def all_computed(db: Db) -> Lists:
    """Give all lists of the shop."""
    found = select(Computed.rule, Computed.about, Computed.items).where(Computed.shop_id == db.shop.id)
    return {(rule, about): items for rule, about, items in db.execute(found)}


def keep(db: Db, lists: Iterable[tuple[Key, list[str]]]) -> None:
    """Keep lists in place of the former ones; an empty list is none."""
    lists = [(key, items) for key, items in lists if len(key[1]) <= LONGEST]
    row = {"shop_id": db.shop.id, "at": db.now}
    full = [row | {"rule": rule, "about": about, "items": items} for (rule, about), items in lists if items]
    upsert(db, Computed, full, key=("shop_id", "rule", "about"))
    for rule in RULES:
        empty = (about for (of_rule, about), items in lists if of_rule == rule and not items)
        gone = delete(Computed).where(Computed.shop_id == db.shop.id, Computed.rule == rule)
        for some in batches(empty):
            db.execute(gone.where(Computed.about.in_(some)))
