"""Test messages: each one is a draft until somebody sends it, and from then on points at the act that sends it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    ForeignKey,
    Index,
    String,
    select,
    union,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column, relationship

from app.store import acts, paging
from app.store.acts import Act
from app.store.base import Base, Id, Json, Moment, now
from app.store.sweeping import delete_some

State = Literal["draft", "held", "withdrawn", "sending", "sent", "refused", "failed", "unknown", "arrived", "lost"]
SENT_BY = ("messages.Sms", "messages.Multi", "messages.Transact")
MAY_HAVE_ARRIVED = ("held", "trying", "done", "unknown", "settled")
WORDS: dict[str, State] = {"trying": "sending", "done": "sent"}  # what states of an act are called of a message
VERDICTS: dict[str, State] = {"done": "arrived", "failed": "lost"}


class Send(Base):
    """One message. What became of it stands at its act."""

    __tablename__ = "sends"
    __table_args__ = (
        Index("ix_sends_shop", "shop_id", "act_id"),
        Index("ix_sends_campaign", "shop_id", "campaign", "act_id"),
        Index("ix_sends_person", "shop_id", "person_id", "act_id"),
        Index("ix_sends_recipient", "recipient_id", "act_id"),
        Index("ix_sends_customer", "customer_id", "act_id"),
    )

    id: Mapped[Id]
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person_id: Mapped[int]
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    kind: Mapped[str] = mapped_column(String(8))  # sms, multi or transact
    campaign: Mapped[str] = mapped_column(String(255))  # its code
    campaign_name: Mapped[str] = mapped_column(String(120), default="")
    asked: Mapped[dict[str, Any]] = mapped_column(Json)  # the parameters of the call
    recipient_id: Mapped[int]  # the known customer that the first identifier stands for
    customer_id: Mapped[int | None]  # the profile it was filled from
    language: Mapped[str] = mapped_column(String(2), default="", server_default="")  # of the recipient; empty: unknown
    texts: Mapped[dict[str, str]] = mapped_column(Json, default=dict)  # the saved copy, filled as it was then
    number: Mapped[str | None] = mapped_column(String(255))  # what REES46 calls this message
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"), unique=True)  # None: a draft
    act: Mapped[Act | None] = relationship(lazy="joined")

    @property
    def state(self) -> str:
        """What became of it, as its act says."""
        if self.act is None:
            return "draft"
        return VERDICTS[self.act.verdict] if self.act.verdict else WORDS.get(self.act.state, self.act.state)

    @property
    def variables(self) -> dict[str, Any]:
        found: dict[str, Any] = self.asked.get("variables") or {}
        return found

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The variables by path, each as one text."""
        return list(_lines(self.variables))

    @property
    def who(self) -> dict[str, str]:
        """To whom, by kind of identifier."""
        kinds = ("phone", "email", "did", "external_id", "loyalty_id", "telegram_id")
        return {kind: self.asked[kind] for kind in kinds if self.asked.get(kind)}


def _lines(variables: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in variables.items():
        if isinstance(value, dict) and value:
            yield from _lines(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def draft(db: Session, send: Send) -> Send:
    """Keep a draft."""
    db.add(send)
    db.flush()
    return send


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some drafts that nobody sent; True when there may be more."""
    return delete_some(db, Send, Send.act_id.is_(None), Send.at < before)


def readdress(db: Session, send_id: int, asked: dict[str, Any], recipient_id: int, language: str) -> None:
    """Change to whom a draft goes; its texts are filled anew, maybe in another language."""
    mine = update(Send).where(Send.id == send_id, Send.act_id.is_(None))
    db.execute(mine.values(asked=asked, recipient_id=recipient_id, language=language, texts={}))


def begin(db: Session, send_id: int, act: Act, **known: Any) -> None:
    """Let an act send a draft. Of all clicks only one does: for the others the act is undone."""
    taken = update(Send).where(Send.id == send_id, Send.act_id.is_(None))
    result = db.execute(taken.values(act_id=act.id, at=now(), **known))
    if cast("CursorResult[Any]", result).rowcount != 1:
        raise AlreadySent


def keep_number(db: Session, act_id: int, number: str) -> None:
    db.execute(update(Send).where(Send.act_id == act_id).values(number=number[:255]))


class AlreadySent(Exception):
    """Another click sends this message."""


def history(
    db: Session,
    shop_id: int,
    *,
    state: str = "",
    campaign: str = "",
    kind: str = "",
    person_id: int | None = None,
    recipients: Collection[int] = (),
    between: paging.Between = paging.ALWAYS,
    **place: Any,
) -> paging.Slice[Send]:
    """Give a page of what was sent, the newest act first; drafts are not part of it."""
    query = select(Send)
    if campaign:
        query = query.where(Send.campaign == campaign)
    if kind:
        query = query.where(Send.kind == kind)
    if person_id:
        query = query.where(Send.person_id == person_id)
    query = paging.within(query, Send.at, between)
    if recipients:  # two short lists by index; an OR would walk down the whole history
        ways = [select(Send.id).where(column.in_(recipients)) for column in (Send.recipient_id, Send.customer_id)]
        query = query.where(Send.id.in_(union(*ways)))
    if not state:
        mine = query.where(Send.shop_id == shop_id, Send.act_id.is_not(None))
        return paging.newest(db, mine, cast("InstrumentedAttribute[int]", Send.act_id), **place)
    of_shop = query.join(Act, Send.act_id == Act.id).where(Act.shop_id == shop_id)
    of_state = [of_shop.where(Act.what == what, way) for what in SENT_BY for way in _ways(state)]
    return paging.newest(db, of_state, Act.id, held_as="act_id", **place)


def _ways(state: str) -> list[ColumnElement[bool]]:
    verdict = next((verdict for verdict, word in VERDICTS.items() if word == state), None)
    if verdict:
        return [way & (Act.verdict == verdict) for way in acts.in_state("settled")]
    return acts.in_state(next((of_act for of_act, word in WORDS.items() if word == state), state))


def lately(db: Session, send: Send, since: datetime) -> list[Send]:
    """What may have reached the same recipient since then, newest first."""
    same = (
        select(Send)
        .join(Act, Send.act_id == Act.id)
        .where(
            Send.recipient_id == send.recipient_id,
            Send.id != send.id,
            Send.at >= since,
            Act.written.in_(MAY_HAVE_ARRIVED),
            Act.verdict.is_distinct_from("failed"),
        )
    )
    return list(db.scalars(same.order_by(Act.id.desc()).limit(5)))
