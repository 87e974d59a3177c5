"""Filling variables from a real profile: by the same name, or by the last part of a path (`customer.first_name`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


def filled(names: Iterable[str], profile: Profile | Found) -> dict[str, str]:
    """Give a value to each name that the profile knows; without names, what greets a customer."""
    known = _known(profile)
    said = {name: known.get(name, known.get(name.rpartition(".")[2])) for name in [*names] or STANDARD}
    return {name: str(value) for name, value in said.items() if value not in (None, "")}


def _known(profile: Profile | Found) -> dict[str, Any]:
    custom = getattr(profile, "custom_properties", None) or {}
    known = {name: value for name, value in custom.items() if not isinstance(value, dict | list)}
    known |= {f"custom_properties.{name}": value for name, value in known.items()}
    known |= {name: getattr(profile, name, None) for name in PLAIN}
    full = " ".join(part for part in (profile.first_name, profile.last_name) if part)
    return {"name": full, "full_name": full} | known
