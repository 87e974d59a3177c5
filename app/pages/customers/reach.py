"""By which channels a customer can be reached, in a word each: the badges at the head of the profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.rees46.subscriptions import CHANNELS as ALWAYS
from app.web.channels import CHANNELS, PUSHES
from app.web.customers.contact_state import STOPS

if TYPE_CHECKING:
    from app.web.customers.reach import Reach


@dataclass(frozen=True)
class Channel:
    """A channel and how it stands; `tone` and `icon` are of the badge."""

    name: str
    state: str
    tone: str
    icon: str


def channels(reach: Reach) -> list[Channel]:
    """Say of each channel whether it is open, and what shuts it."""
    return [_by_contact(reach, channel) for channel in ALWAYS] + [_push(reach, channel) for channel in PUSHES]


def _by_contact(reach: Reach, channel: str) -> Channel:
    name, cells = str(CHANNELS[channel]), reach.of(channel)
    lacks = {"email": (reach.email, _("no address")), "sms": (reach.phone, _("no phone number"))}[channel]
    if not lacks[0]:
        return Channel(name, _untold() if cells[0].untold else lacks[1], "neutral", icon="minus")
    if stopped := _stopped(reach, channel):
        return Channel(name, stopped, "danger", icon="ban")
    if reach.is_open(channel) is None:
        return Channel(name, _untold(), "warning", icon="circle-question-mark")
    open_ = [cell.kind.lower() for cell in cells if cell.goes_out]
    if not open_:
        return Channel(name, _("off"), "warning", icon="ban")
    if len(open_) == len(cells):
        return Channel(name, _("all on"), "success", icon="check")
    return Channel(name, ", ".join(open_), "info", icon="check")


def _stopped(reach: Reach, channel: str) -> str:
    if channel != "email":
        return ""
    words = (_("bounced"), _("blacklisted"), _("suppressed"), _("not a valid address"))
    return next((told for flag, told in zip(STOPS, words, strict=True) if getattr(reach.status, flag)), "")


def _push(reach: Reach, channel: str) -> Channel:
    name = str(CHANNELS[channel])
    answer = reach.push(channel).answer
    if answer == "unknown":
        return Channel(name, _untold(), "warning", icon="circle-question-mark")
    if answer == "yes":
        return Channel(name, _("on"), "success", icon="check")
    return Channel(name, _("no device"), "neutral", icon="minus")


def _untold() -> str:
    return _("REES46 did not say")
