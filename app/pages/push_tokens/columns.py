"""What the list of push tokens shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.pages.push_tokens.forms import PLATFORMS
from app.web.acts.columns import outcome_column
from app.web.tables.columns import Column, mono, when_column

if TYPE_CHECKING:
    from app.store.sent_chats import SentToken


def columns() -> list[Column[SentToken]]:
    """Of which device, the end of the token, and what became of it."""
    return [
        Column(_l("Device ID"), lambda token: mono(token.did), at="name", kind="cut"),
        Column(_l("Token"), lambda token: mono(f"•••{token.tail}")),
        Column(_l("Platform"), lambda token: PLATFORMS.get(token.platform, token.platform), at="note"),
        outcome_column(lambda token: token.act),
        Column(_l("By"), lambda token: token.person, kind="soft"),
        when_column(lambda token: token.at),
    ]
