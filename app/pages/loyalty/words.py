"""Words for what became of bonuses, and for what they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from app.rees46.loyalty_bonuses import Movement

# Each status with the tone of its badge.
STATUSES = {
    "pending": (_l("not active yet"), "info"),
    "confirmed": (_l("active"), "success"),
    "active": (_l("active"), "success"),
    "spent": (_l("spent"), "neutral"),
    "cancelled": (_l("taken back"), "warning"),
    "expired": (_l("burned"), "warning"),
}


def status_of(movement: Movement) -> tuple[str, str]:
    """Give the word for a status and the tone of its badge; one that is not known keeps its name."""
    text, tone = STATUSES.get(movement.status or "", (movement.status or _("status not told"), "neutral"))
    return str(text), tone


def reason_of(movement: Movement) -> str:
    """Say what bonuses came or went for."""
    if movement.order_id:
        return _("Order %(number)s", number=movement.order_id)
    event = movement.event or (movement.event_source if movement.event_source != "order" else None)
    return _("Event “%(name)s”", name=event) if event else _("reason not told")
