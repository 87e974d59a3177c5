"""Campaigns as the desk knows them: REES46 gives neither their list nor their templates, so people keep both here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlalchemy import String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Json, Moment

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["sms", "multi"]
# By channel, the parts of a saved copy, and what REES46 calls each of them in the message.
OF_CHANNEL: dict[str, dict[str, str]] = {
    "email": {"email_subject": "subject", "email_text": "text", "email": "html"},
    "web_push": {"web_title": "title", "web_body": "body", "web_icon": "icon", "web_url": "url"},
    "mobile_push": {
        "push_title": "title",
        "push_subtitle": "subtitle",
        "push": "body",
        "push_image": "image",
        "push_event": "event",
        "push_url": "uri",
        "push_badge": "badge",
        "push_payload": "payload",
    },
    "sms": {"sms": "text"},
}
# The parts by kind of campaign; those of HTML are escaped when they are shown filled.
PARTS: dict[str, tuple[str, ...]] = {
    "sms": ("sms",),
    "multi": tuple(part for parts in OF_CHANNEL.values() for part in parts),
}
HTML = ("email",)


class Campaign(Base):
    """A campaign that was set up at REES46, what it wants to be told, and a copy of what it says."""

    __tablename__ = "campaigns"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "code"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))  # sms or multi
    code: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")
    variables: Mapped[list[str]] = mapped_column(Json, default=list)  # by path, such as promo.code
    kinds: Mapped[dict[str, str]] = mapped_column(Json, default=dict, server_default="{}")  # of variables, by path
    templates: Mapped[dict[str, str]] = mapped_column(Json, default=dict)  # by part
    language: Mapped[str] = mapped_column(String(2), default="", server_default="")  # of it; empty: nobody said
    translations: Mapped[dict[str, dict[str, str]]] = mapped_column(Json, default=dict, server_default="{}")
    active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[Moment]

    def copy_in(self, language: str) -> tuple[str, dict[str, str]]:
        """Give the saved copy in a language, or the one there is, with the language that it is in."""
        if language != self.language and self.translations.get(language):
            return language, self.translations[language]
        if self.templates or not self.translations:
            return self.language, self.templates
        return next(iter(self.translations.items()))


def parts_of(channel: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Give what a channel says of the texts of a copy, by REES46's names; empty without a copy for it."""
    return {theirs: texts[ours] for ours, theirs in OF_CHANNEL[channel].items() if texts.get(ours)}


def of_shop(db: Session, shop_id: int) -> list[Campaign]:
    """List a shop's campaigns: a register kept by hand, so it is short."""
    query = select(Campaign).where(Campaign.shop_id == shop_id)
    return list(db.scalars(query.order_by(Campaign.active.desc(), Campaign.name, Campaign.id)))


def for_message(db: Session, shop_id: int, kind: str, code: str) -> Campaign | None:
    """Find the campaign of a message; the newer call sends those of both kinds."""
    kinds = ("multi", "sms") if kind == "transact" else (kind,)
    return next((found for one in kinds if (found := by_code(db, shop_id, one, code))), None)


def by_code(db: Session, shop_id: int, kind: str, code: str) -> Campaign | None:
    same = (Campaign.shop_id == shop_id, Campaign.kind == kind, Campaign.code == code)
    return db.scalar(select(Campaign).where(*same))
