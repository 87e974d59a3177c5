"""What the list of communications shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.customers.columns import customer_column, customer_picks
from app.web.moments import for_file, told, when
from app.web.tables.columns import Address, Column, macro, once_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.pages.communications.vocabulary import Vocabulary
    from app.store.communications import Communication
    from app.store.customers import KnownCustomer

MOST = 140  # characters of what was said


def columns(people: Mapping[int, KnownCustomer], words: Vocabulary) -> list[Column[Communication]]:
    """Whose, over what, about what, what was said, and when."""
    entry = "communications/_entry.html"
    about, status, icon = macro(entry, "about"), macro(entry, "status"), macro(entry, "channel_icon")
    pages: dict[str, Address] = {}  # of the communications of each customer

    def whose(one: Communication) -> KnownCustomer:
        return people[one.customer_id]

    def over(one: Communication) -> Markup:
        return Markup('<span class="over">{} {}</span>').format(icon(one.channel), words.reads("channel", one.channel))

    def said(one: Communication) -> Markup:
        key, comment = whose(one).key, one.fields.get("comment") or "–"
        page = pages.setdefault(key, Address("communications.show", "number", key=key))
        return page.link(one.number, comment if len(comment) <= MOST else f"{comment[:MOST]}…")

    theme = once_for(
        lambda one: (one.theme, one.fields.get("subject_appeal")), lambda one: about(one.fields, words) or "–"
    )
    return [
        *customer_picks(whose),
        customer_column(whose, at="name"),
        Column(_l("Over"), once_for(lambda one: one.channel, over)),
        Column(_l("Theme"), theme),
        Column(_l("What was said"), said, at="note", kind="cut", text=lambda one: one.fields.get("comment") or ""),
        Column(_l("Status"), once_for(lambda one: one.status, lambda one: status(one.fields, words)), at="figure"),
        Column(_l("Who"), lambda one: one.logged_by or "–", kind="soft"),
        Column(
            _l("When"),
            lambda one: told(one.date) if one.date else when(one.seen),
            at="when",
            kind="soft",
            text=lambda one: one.date or for_file(one.seen),
        ),
    ]
