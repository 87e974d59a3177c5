"""A push as devices get it and show it: its payload to the byte, and how much of each part is seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.rees46.push_payloads import payloads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_babel.speaklater import LazyString

NO_CODE = "code-of-the-message"  # it is not known before the message is sent
# Bytes that Apple and Google take; a browser's push service takes 4,096 with what encryption adds.
LARGEST = {"iOS": 4096, "Android": 4096, "Web": 3993}
SERVICES = {"iOS": "APNs", "Android": "FCM", "Web": "Web Push"}
# Characters of an ordinary text that are seen on a locked phone or a desktop, before anybody unfolds it.
SEEN: dict[str, dict[str, int]] = {
    "iOS": {"title": 38, "subtitle": 38, "body": 150},
    "Android": {"title": 45, "body": 45},
    "Web": {"title": 50, "body": 120},
}
NAMES: dict[str, LazyString] = {"title": _l("Title"), "subtitle": _l("Subtitle"), "body": _l("Text")}


@dataclass(frozen=True)
class Bar:
    """How much of a limit is used."""

    name: str
    used: int
    most: int

    @property
    def is_over(self) -> bool:
        return self.used > self.most


@dataclass(frozen=True)
class Drawn:
    """A push on one kind of device."""

    device: str  # iOS, Android or Web
    service: str
    parts: Mapping[str, str]
    payload: str  # JSON, as the service is given it
    bars: tuple[Bar, ...]


def draw(channel: str, parts: Mapping[str, str], code: str = "") -> list[Drawn]:
    """Draw a push, given by REES46's names of its parts, for each kind of device that it goes to."""
    if not parts:
        return []
    found = payloads(channel, parts, "transactional", code or NO_CODE)
    return [_drawn(device, parts, payload) for device, payload in found.items()]


def _drawn(device: str, parts: Mapping[str, str], payload: object) -> Drawn:
    size = len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode())
    seen = (Bar(str(NAMES[name]), len(parts.get(name, "")), most) for name, most in SEEN[device].items())
    bars = (*(bar for bar in seen if bar.used), Bar(_("Payload, bytes"), size, LARGEST[device]))
    written = json.dumps(payload, ensure_ascii=False, indent=2)
    return Drawn(device, SERVICES[device], parts, written, bars)


def odd_payload(text: str) -> str:
    """Say what is wrong with the payload of a push, which has to be an object in JSON."""
    try:
        return "" if not text.strip() or isinstance(json.loads(text), dict) else _("It is no object.")
    except (ValueError, RecursionError) as wrong:
        return str(wrong)
