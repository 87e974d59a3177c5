"""A link by which somebody chooses their own password: sent to their address, or shown to be handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from structlog import get_logger

from app.store import tokens
from app.web.context import settings
from app.work.notices.mail import NotSent, send_mail

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.people import Person
    from app.store.tokens import Purpose


@dataclass(frozen=True)
class Handed:
    """A link that was made. Without an `address` it went to the person by e-mail, and nobody else sees it."""

    name: str
    purpose: Purpose
    address: str = ""
    failed: bool = False  # there is a mail server, and it did not take the message


def new_link(db: Session, person: Person, purpose: Purpose) -> str:
    """Make a link; those made before are worth nothing any more."""
    tokens.end_all(db, person.id)
    path = url_for("account.open_link", token=tokens.give(db, person.id, purpose))
    return f"{settings().public_url.rstrip('/')}{path}"


def hand_over(person: Person, purpose: Purpose, address: str) -> Handed:
    """Send a link to its person where there is a mail server, else give it to be shown this one time."""
    if not settings().smtp_url:
        return Handed(person.name, purpose, address)
    with force_locale(person.language or settings().language):
        subject = _("Choose a password for Desk46")
        text = _(
            "Open this link to choose your password. It works once, until it is used or too old:\n\n%(link)s\n",
            link=address,
        )
    try:
        send_mail(settings(), person.email, subject, text)
    except NotSent as error:
        get_logger().warning("a link to choose a password was not sent", person=person.id, why=str(error))
        return Handed(person.name, purpose, address, failed=True)
    return Handed(person.name, purpose)
