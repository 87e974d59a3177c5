"""What a customer agreed to: a sentence a channel, the grid at the side, each change, and the wishes of every day."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.subscriptions import page
from app.pages.subscriptions.changes import attention_of, events_of
from app.pages.subscriptions.presets import ICONS, NAMES, turned_off
from app.pages.subscriptions.verdicts import verdicts
from app.rees46.errors import Rees46Error
from app.rees46.subscriptions import Changes, Check
from app.web.channels import CHANNELS, KINDS
from app.web.customer_page.changed import BACK
from app.web.customer_page.contributions import Act, Contribution, Side, Verdict
from app.web.customer_page.sources import contributes
from app.web.customers.consent_log import ConsentLog, contacts_of, question_of
from app.web.customers.reach import contacts_now, reach_from
from app.web.error_words import in_words
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.subscriptions import Change
    from app.web.customer_page.opening import Opening
    from app.web.customers.parse import Reading
    from app.web.customers.reach import Reach

MOST_CONTACTS = 4  # whose changes the page reads; `reach_of` reads more


def _contacts(who: Opening) -> list[Reading]:
    email, phone = contacts_now(who.customer, who.profile, {})
    return contacts_of(who.profile, email, phone, who.former)


def _of_contacts(who: Opening) -> list[Changes]:
    return [question_of(contact) for contact in _contacts(who)[:MOST_CONTACTS]]


@contributes(page, title=_l("Reach"), asks=lambda who: [Check(**who.identity_for(Check))], is_first=True)
def reach(who: Opening, _db: Session) -> Contribution:
    """Tell how every channel stands. The log says why; where it is late or silent, the states stand alone."""
    try:
        found = _reach(who)
    except Rees46Error as error:
        words = _("REES46 did not say how to reach them")
        gap = _("%(source)s: %(happened)s", source=_("Reach"), happened=in_words(error)["happened"])
        return Contribution(verdicts=[Verdict("", words, "warning", icon="circle-question-mark")], gaps=[gap])
    told = Contribution(verdicts=verdicts(found), acts=_acts(who, found))
    context = {"reach": found, "key": who.customer.key, "channels": CHANNELS, "kinds": KINDS}
    told.sides = [Side("reach", _("Reach"), "subscriptions/_reach.html", context, place=20)]
    return told


@contributes(page, title=_l("Changes of consent"), asks=_of_contacts)
def consents(who: Opening, _db: Session) -> Contribution:
    """Tell every change of consent of all contacts; one that an act of ours caused is told by the act."""
    log, contacts = _log(who), _contacts(who)
    email, _phone = contacts_now(who.customer, who.profile, {})
    _every = [reply for _op, reply in who.replies(Changes)]  # what went wrong is raised
    told = Contribution(
        events=events_of(who, log.changes),
        attention=attention_of(log.changes, email),
        limits=[_("Consent: three years, of the contacts that are known; REES46 does not say in which time zone.")],
    )
    if len(contacts) > MOST_CONTACTS:
        more = ", ".join(contact.value for contact in contacts[MOST_CONTACTS:])
        told.limits.append(_("Consent of %(contacts)s was not read.", contacts=more))
    return told


def _log(who: Opening) -> ConsentLog:
    def replied(op: Changes) -> list[Change]:
        asked: dict[str, Any] = op.params()
        return next(reply for other, reply in who.replies(Changes) if other.params() == asked)

    return ConsentLog(_contacts(who)[:MOST_CONTACTS], replied)


def _reach(who: Opening) -> Reach:
    email, phone = contacts_now(who.customer, who.profile, {})
    return reach_from(who.reply(Check), who.profile, email, phone, _log(who))


def _acts(who: Opening, found: Reach) -> list[Act]:
    key, acts = who.customer.key, []
    if may("subscriptions.preset"):
        url = url_for("subscriptions.preset", key=key)
        for name, title in NAMES.items():
            if turned_off(name, found.flags):
                fields = {"preset": name, "once": secrets.token_urlsafe(12), **BACK}
                acts.append(Act(str(title), url, ICONS[name], fields, group="subscriptions"))
    if may("subscriptions.change"):
        edit = url_for("subscriptions.edit", key=key)
        acts.append(Act(_("Choose…"), edit, icon="list-checks", group="subscriptions", place=60))
    if may("subscriptions.tell") and found.email:
        tell = url_for("subscriptions.callback", key=key)
        acts.append(Act(_("Bounce, complaint or block…"), tell, icon="mail-warning", group="subscriptions", place=70))
    history = url_for("subscriptions.of", key=key)
    acts.append(Act(_("History"), history, icon="history", group="subscriptions", place=80))
    return acts
