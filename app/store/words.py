"""Managed lists: the themes, channels, statuses and the like that communications are logged with."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id

# What a shop starts with, in the order of the lists; the first word of a list is what a new entry begins with.
FIRST: dict[str, tuple[str, ...]] = {
    "channel": ("phone", "chat", "email", "store"),
    "event": ("incoming", "outgoing"),
    "call_type": ("question", "complaint", "return", "answer", "offer", "visit"),
    "call_theme": ("order", "delivery", "return", "payment", "product", "loyalty", "subscription"),
    "subject_appeal": (),
    "status": ("closed", "open"),
    "author_type": ("operator", "manager", "bot"),
    "location_id": ("online",),
}
KINDS = tuple(FIRST)


class Word(Base):
    """A word of a list: `value` goes to REES46, `label` is what people read (empty: the value)."""

    __tablename__ = "words"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "value"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(String(255))
    label: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[int] = mapped_column(default=0)

    @property
    def said(self) -> str:
        """The word as people read it."""
        return self.label or self.value


def of_shop(db: Session, shop_id: int) -> dict[str, list[Word]]:
    """Give every list of a shop by kind; before anybody has touched them, those that every shop starts with."""
    query = select(Word).where(Word.shop_id == shop_id).order_by(Word.kind, Word.place, Word.id)
    known = {kind: list(words) for kind, words in groupby(db.scalars(query), lambda word: word.kind)}
    lists = known or _untouched()
    return {kind: list(lists.get(kind, ())) for kind in KINDS}


@cache
def _untouched() -> dict[str, list[Word]]:
    """Give the first lists, made once for all who only read them."""
    return {kind: list(words) for kind, words in groupby(_first(0), lambda word: word.kind)}


def own(db: Session, shop_id: int) -> None:
    """Make the first lists the shop's own, so that they can be changed."""
    if not db.scalar(select(Word.id).where(Word.shop_id == shop_id).limit(1)):
        db.add_all(_first(shop_id))
        db.flush()


def find(db: Session, shop_id: int, kind: str, value: str) -> Word | None:
    return db.scalar(select(Word).where(Word.shop_id == shop_id, Word.kind == kind, Word.value == value))


def add(db: Session, shop_id: int, kind: str, value: str, label: str) -> Word:
    """Put a word at the end of its list, or give the one that is there another label."""
    own(db, shop_id)
    word = find(db, shop_id, kind, value)
    if word is None:
        last = db.scalars(select(Word.place).where(Word.shop_id == shop_id, Word.kind == kind))
        word = Word(shop_id=shop_id, kind=kind, value=value, place=max(last, default=-1) + 1)
        db.add(word)
    word.label = label
    return word


def drop(db: Session, shop_id: int, kind: str, value: str) -> bool:
    """Take a word off its list; what was logged with it stays as it is."""
    own(db, shop_id)
    word = find(db, shop_id, kind, value)
    if word:
        db.delete(word)
    return word is not None


def put_first(db: Session, shop_id: int, kind: str, value: str) -> bool:
    """Make a word the one that new entries begin with."""
    own(db, shop_id)
    words = of_shop(db, shop_id)[kind]
    chosen = next((word for word in words if word.value == value), None)
    if chosen is None:
        return False
    for place, word in enumerate([chosen, *(word for word in words if word is not chosen)]):
        word.place = place
    return True


def _first(shop_id: int) -> list[Word]:
    return [
        Word(shop_id=shop_id, kind=kind, value=value, label="", place=place)
        for kind, values in FIRST.items()
        for place, value in enumerate(values)
    ]
