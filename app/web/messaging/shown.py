"""The texts of a copy as their channels show them: the e-mail checked, the pushes drawn, the SMS counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store.campaigns import OF_CHANNEL, parts_of
from app.web.messaging import letters, pushes
from app.web.messaging.sms import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.web.messaging.letters import Letter
    from app.web.messaging.pushes import Drawn
    from app.web.messaging.sms import Counted


@dataclass(frozen=True)
class Shown:
    """What there is to show; None and empty for channels without a copy."""

    sms: Counted | None
    letter: Letter | None
    pushes: dict[str, list[Drawn]]  # by channel
    own_payload: str  # what a mobile push carries for the app
    odd_payload: str

    @property
    def is_empty(self) -> bool:
        return not (self.sms or self.letter or self.pushes)


def shown(texts: Mapping[str, str], code: str = "") -> Shown:
    """Show the texts of a copy, by the desk's names of its parts; `code` is what REES46 calls the message."""
    return shown_parts({channel: parts_of(channel, texts) for channel in OF_CHANNEL}, code)


def shown_parts(said: Mapping[str, Mapping[str, str]], code: str = "") -> Shown:
    """Show what channels say, by REES46's names of the parts."""
    sms, email = said.get("sms") or {}, said.get("email") or {}
    drawn = {channel: pushes.draw(channel, said.get(channel) or {}, code) for channel in ("web_push", "mobile_push")}
    return Shown(
        count(sms["text"]) if "text" in sms else None,
        letters.check(email.get("subject", ""), email.get("html", ""), email.get("text", "")) if email else None,
        {channel: found for channel, found in drawn.items() if found},
        own_payload := (said.get("mobile_push") or {}).get("payload", ""),
        pushes.odd_payload(own_payload),
    )
