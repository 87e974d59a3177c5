"""Test messages: each one is written down before it is sent, and goes out once however often it is clicked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import CursorResult, Index, Result, Select, String, Text, delete, select, union, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Json, Moment, now

State = Literal["draft", "sending", "sent", "refused", "failed", "unknown", "arrived", "lost"]
WENT_OUT = ("sending", "sent", "unknown", "arrived")  # it may be in somebody's hands
NOBODY_KNOWS = ("sending", "unknown")
DRAFTS_LAST = timedelta(days=1)


class Send(Base):
    """One message: a draft until somebody sends it.

    sent, refused and failed (nothing went out) are REES46's word; unknown waits for a person, whose word is
    arrived or lost.
    """

    __tablename__ = "sends"
    __table_args__ = (
        Index("ix_sends_shop", "shop_id", "id"),
        Index("ix_sends_state", "shop_id", "state", "id"),
        Index("ix_sends_campaign", "shop_id", "campaign", "id"),
        Index("ix_sends_person", "shop_id", "person_id", "id"),
        Index("ix_sends_recipient", "recipient_id", "id"),
        Index("ix_sends_customer", "customer_id", "id"),
    )

    id: Mapped[Id]
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person_id: Mapped[int]
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    kind: Mapped[str] = mapped_column(String(8))  # sms or multi
    campaign: Mapped[str] = mapped_column(String(255))  # its code
    campaign_name: Mapped[str] = mapped_column(String(120), default="")
    asked: Mapped[dict[str, Any]] = mapped_column(Json)  # the parameters of the call
    recipient_id: Mapped[int]  # the known customer that the first identifier stands for
    customer_id: Mapped[int | None]  # the profile it was filled from
    texts: Mapped[dict[str, str]] = mapped_column(Json, default=dict)  # the saved copy, filled as it was then
    state: Mapped[str] = mapped_column(String(8), default="draft")
    message: Mapped[str | None] = mapped_column(String(500))  # why it was refused
    number: Mapped[str | None] = mapped_column(String(255))  # what REES46 calls this message
    settled_by: Mapped[str | None] = mapped_column(String(120))
    note: Mapped[str | None] = mapped_column(Text)

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

    @property
    def once(self) -> str:
        """The token of the act that sends it: the audit trail takes it once."""
        return f"send {self.id}"

    @property
    def nobody_knows(self) -> bool:
        return self.state in NOBODY_KNOWS


def _lines(variables: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in variables.items():
        if isinstance(value, dict) and value:
            yield from _lines(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def draft(db: Session, send: Send) -> Send:
    """Keep a draft; one's own drafts of yesterday go."""
    old = (Send.shop_id == send.shop_id, Send.state == "draft", Send.person_id == send.person_id)
    db.execute(delete(Send).where(*old, Send.at < now() - DRAFTS_LAST))
    db.add(send)
    db.flush()
    return send


def begin(db: Session, send_id: int, **known: Any) -> bool:
    """Take a draft to be sent. Of all clicks only one is told yes, whatever happens after."""
    taken = update(Send).where(Send.id == send_id, Send.state == "draft")
    return _changed_one(db.execute(taken.values(state="sending", at=now(), **known)))


def end(db: Session, send_id: int, state: State, **known: Any) -> None:
    """Write down how it ended."""
    db.execute(update(Send).where(Send.id == send_id).values(state=state, **known))


def settle(db: Session, send_id: int, state: State, by: str, note: str) -> bool:
    """Take a person's word for what nobody knew."""
    open_ones = update(Send).where(Send.id == send_id, Send.state.in_(NOBODY_KNOWS))
    return _changed_one(db.execute(open_ones.values(state=state, settled_by=by, note=note)))


def _changed_one(result: Result[Any]) -> bool:
    return cast("CursorResult[Any]", result).rowcount == 1


def wanted(
    shop_id: int, *, state: str = "", campaign: str = "", person_id: int | None = None, recipient_id: int | None = None
) -> Select[Send]:
    """Narrow the history; drafts are not part of it."""
    query = select(Send).where(Send.shop_id == shop_id)
    query = query.where(Send.state.in_(NOBODY_KNOWS) if state == "unknown" else Send.state == state) if state else (
        query.where(Send.state != "draft")
    )  # fmt: skip
    if campaign:
        query = query.where(Send.campaign == campaign)
    if person_id:
        query = query.where(Send.person_id == person_id)
    if recipient_id:  # two short lists by index; an OR would walk down the whole history
        ways = [select(Send.id).where(column == recipient_id) for column in (Send.recipient_id, Send.customer_id)]
        query = query.where(Send.id.in_(union(*ways)))
    return query


def lately(db: Session, send: Send, since: datetime) -> list[Send]:
    """What may have reached the same recipient since then, newest first."""
    same = select(Send).where(
        Send.recipient_id == send.recipient_id, Send.id != send.id, Send.at >= since, Send.state.in_(WENT_OUT)
    )
    return list(db.scalars(same.order_by(Send.id.desc()).limit(5)))
