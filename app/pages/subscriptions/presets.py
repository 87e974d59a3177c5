"""Wishes that are heard every day, each of them a set of flags that are turned off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_babel.speaklater import LazyString

NAMES: dict[str, LazyString] = {"no_marketing": _l("No marketing"), "nothing": _l("Nothing at all")}
ICONS = {"no_marketing": "megaphone", "nothing": "ban"}


def turned_off(preset: str, flags: Mapping[str, bool | None]) -> dict[str, bool]:
    """List what a wish changes: only what is on."""
    on = [flag for flag, is_on in flags.items() if is_on]
    return {flag: False for flag in on if preset == "nothing" or not flag.endswith("_transactional")}
