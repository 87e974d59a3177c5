"""Filling variables from a real profile: by the same name, or by the last part of a path (`customer.first_name`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.web.messaging.samples import CODES, test_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rees46.crm import Found
    from app.rees46.profile import Profile

STANDARD = ("first_name", "last_name", "loyalty_id", "loyalty_status", "loyalty_bonuses")
PLAIN = (
    *STANDARD,
    "email",
    "phone",
    "gender",
    "age",
    "birthday",
    "location",
    "loyalty_card_location",
    "loyalty_bonuses_to_next_level",
)


def filled(names: Iterable[str], profile: Profile | Found) -> dict[str, Any]:
    """Give a value to each name that the profile or its last order knows; without names, what greets a customer.

    A promo code is never taken from anybody: it gets one that no list has.
    """
    known = _known(profile) | _of_order(profile)
    said = {name: known.get(name, known.get(name.rpartition(".")[2])) for name in [*names] or STANDARD}
    said |= {name: test_code() for name in said if name.rpartition(".")[2].lower() in CODES}
    return {
        name: value if isinstance(value, list) else str(value)
        for name, value in said.items()
        if value not in (None, "")
    }


def _of_order(profile: Profile | Found) -> dict[str, Any]:
    """Say what the last order was."""
    orders = getattr(profile, "orders", None) or []
    if not orders:
        return {}
    last = orders[0]  # REES46 lists the newest first
    items = [item.model_dump(exclude_none=True) for item in last.items or []]
    return {
        "order.number": last.id,
        "order.id": last.id,
        "order.total": last.value,
        "order.status": last.status,
        "order.items": items or None,
    }


def _known(profile: Profile | Found) -> dict[str, Any]:
    custom = getattr(profile, "custom_properties", None) or {}
    known = {name: value for name, value in custom.items() if not isinstance(value, dict | list)}
    known |= {f"custom_properties.{name}": value for name, value in known.items()}
    known |= {name: getattr(profile, name, None) for name in PLAIN}
    full = " ".join(part for part in (profile.first_name, profile.last_name) if part)
    return {"name": full, "full_name": full} | known
