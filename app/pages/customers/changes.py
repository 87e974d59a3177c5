"""What an edit changes: compared with what the person saw, and with what REES46 knows by now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.pages.customers.forms.attributes import GENDERS, AttributesForm, text_of
from app.pages.customers.words import read_day, written
from app.rees46.profile import Set
from app.web.filters import phone

if TYPE_CHECKING:
    from app.rees46.profile import Profile

CONTACTS = ("email", "phone", "loyalty_id", "telegram_id")
BLIND = ("external_id", "kids", "auto")  # REES46 takes these, and does not give them back
Texts = dict[str, str]
BLANK = ({"name": "", "value": ""},) * 2  # rows for new properties


@dataclass(frozen=True)
class Change:
    """One field that becomes another; `saw` is what the person saw when somebody else changed it meanwhile."""

    name: str
    label: str
    before: str | None  # None: REES46 does not give it back
    after: str
    saw: str | None = None


@dataclass(frozen=True)
class Changes:
    """All that an edit changes, and what it would empty, which REES46 cannot do."""

    fields: list[Change]
    emptied: list[str]

    @property
    def names(self) -> list[str]:
        return [change.name for change in self.fields]

    @property
    def before(self) -> dict[str, Any]:
        """For the audit trail."""
        return {change.name: change.before for change in self.fields}

    @property
    def after(self) -> dict[str, Any]:
        """For the audit trail."""
        return {change.name: change.after for change in self.fields}

    def given(self, form: AttributesForm) -> dict[str, Any]:
        """The parameters that are sent: only what changes."""
        said = form.given()
        return {
            change.name.removeprefix("custom."): said[change.name.removeprefix("custom.")] for change in self.fields
        }

    def seen_back(self, now: Texts) -> tuple[list[Change], list[Change], list[Change]]:
        """Sort the changes by what REES46 shows after them: the new value, still the old one, something else."""
        told = [change for change in self.fields if change.before is not None]
        there = [change for change in told if now.get(change.name, "") == change.after]
        late = [change for change in told if change not in there and now.get(change.name, "") == change.before]
        return there, late, [change for change in told if change not in there and change not in late]


def compare(form: AttributesForm, seen: Texts, now: Texts) -> Changes:
    """Find what the person changed since they saw it; what REES46 says already is no change."""
    said = form.texts()
    touched = {name: text for name, text in said.items() if text != seen.get(name, "")}
    fields = [
        Change(
            name,
            label_of(form, name),
            None if name in BLIND else now.get(name, ""),
            text,
            seen.get(name, "") if now.get(name, "") != seen.get(name, "") else None,
        )
        for name, text in touched.items()
        if text and text != now.get(name, "")
    ]
    return Changes(fields, [name for name, text in touched.items() if not text])


def label_of(form: AttributesForm, name: str) -> str:
    """How a field is called; a custom property by its own name."""
    return name.removeprefix("custom.") if name.startswith("custom.") else str(form[name].label.text)


def texts_of(profile: Profile) -> Texts:
    """Write down a profile as the form would show it."""
    return AttributesForm(formdata=None, data=values_of(profile)).texts()


def values_of(profile: Profile) -> dict[str, Any]:
    """Give what the form is filled with."""
    known = {name: getattr(profile, name) for name in Set.model_fields if hasattr(profile, name)}
    return known | {
        "gender": profile.gender if profile.gender in GENDERS else "",
        "phone": phone(profile.phone) if profile.phone else "",
        "birthday": read_day(profile.birthday),
        "bought_something": text_of(profile.bought_something),
        "custom": [*_rows(profile), *BLANK],
    }


def _rows(profile: Profile) -> list[dict[str, str]]:
    return [
        {"name": name, "value": written(value)} for name, value in sorted((profile.custom_properties or {}).items())
    ]
