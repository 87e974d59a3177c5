"""By which channels a customer can be reached, in a word each: the badges at the head of the profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.rees46.subscriptions import TYPES

if TYPE_CHECKING:
    from app.rees46.profile import Profile
    from app.rees46.subscriptions import Status


@dataclass(frozen=True)
class Channel:
    """A channel and how it stands; `tone` and `icon` are of the badge."""

    name: str
    state: str
    tone: str
    icon: str


def channels(profile: Profile, status: Status) -> list[Channel]:
    """Say of each channel whether it is open, and what shuts it."""
    return [
        _email(profile, status),
        _by_contact(_("SMS"), _lacks(profile, "phone", _("no phone number")), _flags(status, "sms")),
        _push(_("Web push"), has_token=status.pushes("web_push")),
        _push(_("Mobile push"), has_token=status.pushes("mobile_push")),
    ]


def _email(profile: Profile, status: Status) -> Channel:
    stops = {
        "email_bounced": _("bounced"),
        "email_blacklisted": _("blacklisted"),
        "email_suppressed": _("suppressed"),
        "email_invalid": _("not a valid address"),
    }
    for flag, words in stops.items():
        if getattr(status, flag):
            return Channel(_("E-mail"), words, "danger", icon="ban")
    return _by_contact(_("E-mail"), _lacks(profile, "email", _("no address")), _flags(status, "email"))


def _lacks(profile: Profile, contact: str, words: str) -> str:
    """Say that there is no such contact, or that nobody said."""
    if getattr(profile, contact):
        return ""
    return words if profile.tells(contact) else _untold()


def _flags(status: Status, channel: str) -> dict[str, bool | None]:
    names = {"bulk": _("bulk"), "chain": _("triggered"), "transactional": _("transactional")}
    return {names[kind]: getattr(status, f"{channel}_{kind}") for kind in TYPES}


def _by_contact(name: str, lacks: str, flags: dict[str, bool | None]) -> Channel:
    if lacks:
        return Channel(name, lacks, "neutral", icon="minus")
    on = [kind for kind, is_on in flags.items() if is_on]
    if not on and None in flags.values():
        return Channel(name, _untold(), "warning", icon="circle-question-mark")
    if not on:
        return Channel(name, _("off"), "warning", icon="ban")
    if len(on) == len(TYPES):
        return Channel(name, _("all on"), "success", icon="check")
    return Channel(name, ", ".join(on), "info", icon="check")


def _push(name: str, *, has_token: bool | None) -> Channel:
    if has_token is None:
        return Channel(name, _untold(), "warning", icon="circle-question-mark")
    if has_token:
        return Channel(name, _("on"), "success", icon="check")
    return Channel(name, _("no device"), "neutral", icon="minus")


def _untold() -> str:
    return _("REES46 did not say")
