"""How each channel of a customer stands, in one sentence for the head of their page, with the reason of an "off"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import format_date
from flask_babel import gettext as _

from app.pages.subscriptions.words import source_of
from app.rees46.subscriptions import CHANNELS as ALWAYS
from app.store.base import now
from app.web.channels import CHANNELS, PUSHES
from app.web.customer_page.contributions import Verdict
from app.web.customers.consent_log import event
from app.web.customers.contact_state import STOPS

if TYPE_CHECKING:
    from app.rees46.subscriptions import Change
    from app.web.customers.reach import Cell, Reach

LEFT = ("unsubscribe", "complained", "hard_bounced", "blacklisted")


def verdicts(reach: Reach) -> list[Verdict]:
    """Say of each channel what goes out, and why not all does."""
    return [_by_contact(reach, channel) for channel in ALWAYS] + [_push(reach, channel) for channel in PUSHES]


def _by_contact(reach: Reach, channel: str) -> Verdict:
    name, cells = str(CHANNELS[channel]), reach.of(channel)
    contact, none = {"email": (reach.email, _("no address")), "sms": (reach.phone, _("no phone number"))}[channel]
    if not contact:
        return Verdict(name, _untold() if cells[0].untold else none, "neutral", icon="minus")
    if channel == "email" and (stopped := _stopped(reach)):
        return Verdict(name, stopped, "danger", icon="ban")
    if reach.is_open(channel) is None:
        return Verdict(name, _untold(), "warning", icon="circle-question-mark")
    return _by_kinds(name, channel, cells, contact)


def _by_kinds(name: str, channel: str, cells: list[Cell], contact: str) -> Verdict:
    open_ = [cell for cell in cells if cell.goes_out]
    if len(open_) == len(cells):
        return Verdict(name, _("all on"), "success", icon="check")
    why = _why([cell for cell in cells if not cell.goes_out], contact)
    if not open_:
        return Verdict(name, _("off: %(why)s", why=why), "warning", icon="ban")
    if [cell.flag for cell in open_] == [f"{channel}_transactional"]:
        return Verdict(name, _("without marketing: %(why)s", why=why), "warning", icon="circle-slash")
    kinds = ", ".join(cell.kind.lower() for cell in open_)
    return Verdict(name, _("only %(kinds)s: %(why)s", kinds=kinds, why=why), "info", icon="circle-slash")


def _why(off: list[Cell], contact: str) -> str:
    """Say when and how the last one of these was left."""
    if not off[0].is_recorded:
        return _("the log of changes could not be read")
    last = max((cell.last for cell in off if cell.last), key=lambda change: change.datetime, default=None)
    if last is None:
        return _("never asked")
    words = {
        "unsubscribe": _("unsubscribed on %(day)s", day=_day(last)),
        "complained": _("complained on %(day)s", day=_day(last)),
        "hard_bounced": _("bounced on %(day)s", day=_day(last)),
        "blacklisted": _("blacklisted on %(day)s", day=_day(last)),
    }
    why = words.get(event(last), _("no reason on record"))
    if event(last) in LEFT and last.channel:
        why = f"{why}, {source_of(last.channel)}"
    return _("%(why)s (as %(contact)s)", why=why, contact=last.contact) if _is_former(last, contact) else why


def _is_former(last: Change, contact: str) -> bool:
    def plain(text: str) -> str:
        return text.casefold().lstrip("+")

    return last.contact_type in {"email", "sms"} and plain(last.contact) != plain(contact)


def _day(change: Change) -> str:
    try:
        day = date.fromisoformat(change.datetime[:10])
    except ValueError:
        return change.datetime
    return format_date(day, "d MMM" if day.year == now().year else "d MMM y")


def _stopped(reach: Reach) -> str:
    words = (
        _("bounced: the address does not exist"),
        _("blacklisted by a mail provider"),
        _("suppressed after a complaint, or by an import"),
        _("not a valid address"),
    )
    return next((told for flag, told in zip(STOPS, words, strict=True) if getattr(reach.status, flag)), "")


def _push(reach: Reach, channel: str) -> Verdict:
    name = str(CHANNELS[channel])
    answer = reach.push(channel).answer
    if answer == "unknown":
        return Verdict(name, _untold(), "warning", icon="circle-question-mark")
    if answer == "yes":
        return Verdict(name, _("on"), "success", icon="check")
    return Verdict(name, _("no device"), "neutral", icon="minus")


def _untold() -> str:
    return _("REES46 did not say")
