"""What the list of saved chats shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.web.acts.columns import outcome_column
from app.web.customers.columns import customer_column
from app.web.filters import number
from app.web.tables.columns import Column, mono, when_column

if TYPE_CHECKING:
    from app.store.sent_chats import SentChat


def columns() -> list[Column[SentChat]]:
    """With whom, under which code, and what became of it."""
    return [
        customer_column(lambda chat: chat.customer, at="name"),
        Column(_l("Code"), lambda chat: mono(chat.code), at="note", kind="cut"),
        Column(_l("Messages"), lambda chat: number(chat.messages), kind="number"),
        outcome_column(lambda chat: chat.act),
        Column(_l("By"), lambda chat: chat.person, kind="soft"),
        when_column(lambda chat: chat.at),
    ]
