"""What the list of changes of consent shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from app.pages.subscriptions.words import CONTACTS, source_of, tone_of
from app.web.channels import KINDS
from app.web.customers.consent_events import event_of
from app.web.masking import contacts_are_masked, masked
from app.web.sign_in.access import may
from app.web.tables.columns import Column, macro, once_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.pages.subscriptions.log import Line

LOOKED_UP = {"email", "sms"}  # by which customers can be found
MINUTES = 16  # characters of a moment, as REES46 gives it


def columns() -> list[Column[Line]]:
    """Whose contact, what became of it, for which messages, and where that came from."""
    badge = macro("components/badge.html", "badge")
    return [
        Column(_l("Contact"), _contact(), at="name"),
        Column(
            _l("What"),
            once_for(
                lambda line: line.change.event,
                lambda line: badge(event_of(line.change.event), tone_of(line.change.event)),
            ),
            at="figure",
        ),
        Column(_l("Kind"), once_for(lambda line: (line.change.contact_type, *line.kinds), kinds_of), at="note"),
        Column(_l("Source"), once_for(lambda line: (line.change.channel, line.change.ip), _source), kind="cut"),
        Column(_l("When"), lambda line: line.change.datetime[:MINUTES], at="when", kind="soft"),
    ]


def _contact() -> Callable[[Line], object]:
    """A contact leads to its customer by POST, so that it stands in no address; or it is masked."""
    if not may("subscriptions.export"):
        return lambda line: masked(line.change.contact)
    if not may("customers.find") or contacts_are_masked():
        return lambda line: line.change.contact
    begins = Markup(
        '<form method="post" action="{}"><input type="hidden" name="csrf_token" value="{}">'
        '<button class="link" name="who" value="'
    ).format(url_for("customers.find"), generate_csrf())

    def button(line: Line) -> object:
        contact = line.change.contact
        if line.change.contact_type not in LOOKED_UP:
            return contact
        safe = escape(contact)
        return Markup(f'{begins}{safe}">{safe}</button></form>')  # noqa: S704  # it is escaped here

    return button


def kinds_of(line: Line) -> str:
    """The channel, with the kinds of messages that changed at once."""
    channel = CONTACTS.get(line.change.contact_type, line.change.contact_type)
    return f"{channel}: {', '.join(str(KINDS.get(kind, kind)).lower() for kind in line.kinds)}"


def _source(line: Line) -> Markup:
    ip = Markup(' <span class="soft mono">{}</span>').format(line.change.ip) if line.change.ip else ""
    return Markup("{}{}").format(source_of(line.change.channel or ""), ip)
