"""Languages of saved copies, by their two letters, and that of a recipient: as REES46 takes it from the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel import Locale
from flask_babel import get_locale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from app.rees46.crm import Found
    from app.rees46.profile import Profile

CODES: tuple[str, ...] = tuple(sorted(str(code) for code in Locale("en").languages if len(str(code)) == 2))


def init_app(app: Flask) -> None:
    app.add_template_filter(language_name)


def language_name(code: str) -> str:
    """Name a language in the language of the page."""
    return str(get_locale().languages.get(code, code))


def language_choices() -> list[tuple[str, str]]:
    return sorted(((code, language_name(code)) for code in CODES), key=lambda choice: choice[1].lower())


def language_of(profile: Profile | Found | None, variables: Mapping[str, Any]) -> str:
    """Find the language of a recipient, in the profile or the variables; empty if neither says it."""
    custom = getattr(profile, "custom_properties", None) or {}
    said = str(custom.get("language") or variables.get("language") or "").lower()[:2]
    return said if said in CODES else ""
