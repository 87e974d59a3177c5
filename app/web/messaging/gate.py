"""Who may be sent a test message: on a live shop the allow-list, and past it only a marketer's typed word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store import recipients
from app.web.cells.phones import read_phone
from app.web.page import MARKETERS
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.sends import Send
    from app.store.shops import Shop


@dataclass(frozen=True)
class Gate:
    """What stands between a message and its recipient."""

    is_live: bool
    is_listed: bool  # every identifier of the message, and who gets a copy, is on the allow-list
    expected: str  # what has to be typed to send it all the same

    @property
    def wants_typing(self) -> bool:
        return self.is_live and not self.is_listed

    @property
    def is_shut(self) -> bool:
        """Whether this person may not send it at all."""
        return self.wants_typing and not me().may(MARKETERS)

    def is_opened_by(self, typed: str) -> bool:
        said = typed.strip().lower()
        return said == self.expected.lower() or (read_phone(said) or "") == self.expected


def gate_of(db: Session, shop: Shop, send: Send) -> Gate:
    """Find out what a message has to pass."""
    found = recipients.listed(db, shop.id, send.who)
    copies = [address for name in ("cc", "bcc") for address in send.asked.get(name) or []]
    are_listed = all(recipients.listed(db, shop.id, {"email": address}) for address in copies)
    return Gate(shop.kind == "live", found == set(send.who) and are_listed, next(iter(send.who.values())))
