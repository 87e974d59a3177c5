"""What can be written into a profile."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, FieldList, FormField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms import Form as SubForm
from wtforms.validators import Length, Optional

from app.rees46.profile import LONGEST_NAME, Set
from app.rees46.values import FEWEST_DIGITS, PROTOCOL
from app.web.cells.phones import read_phone
from app.web.customers.keys import normal
from app.web.forms.fields import OperationForm, choices, field

if TYPE_CHECKING:
    from pydantic import JsonValue

LONGEST = 255
LONGEST_VALUE = 5000
MOST_ROWS = 20
GENDERS = {"": _l("not known"), "f": _l("female"), "m": _l("male")}
TRUTHS = {"": _l("not known"), "true": _l("yes"), "false": _l("no")}
TAKEN = {*Set.model_fields, *PROTOCOL, "shop_id", "shop_secret"}


class KidForm(SubForm):
    """A child; a row left empty is none."""

    gender = SelectField(_l("Gender"), choices=choices(GENDERS), validators=[Optional()])
    birthday = DateField(_l("Birthday"), validators=[Optional()])


class CarForm(SubForm):
    """A car; a row left empty is none."""

    brand = StringField(_l("Make"), validators=[Length(max=LONGEST)])
    model = StringField(_l("Model"), validators=[Length(max=LONGEST)])
    vds = StringField(_l("VDS"), validators=[Length(max=LONGEST)])


class PropertyForm(SubForm):
    """A custom property; a row without a name is none."""

    name = StringField(_l("Name"), validators=[Length(max=LONGEST_NAME)])
    value = StringField(_l("Value"), validators=[Length(max=LONGEST_VALUE)])


class AttributesForm(OperationForm[Set]):
    """Everything that can be said of a customer, contacts included."""

    makes = Set
    email = field(Set, "email", _l("E-mail"))
    phone = field(Set, "phone", _l("Phone"), description=_l("In any format."))
    loyalty_id = field(Set, "loyalty_id", _l("Loyalty ID"))
    external_id = field(
        Set, "external_id", _l("Own ID"), description=_l("The customer's ID in your shop. REES46 does not show it.")
    )
    telegram_id = field(Set, "telegram_id", _l("Telegram ID"))
    first_name = field(Set, "first_name", _l("First name"))
    last_name = field(Set, "last_name", _l("Last name"))
    gender = field(Set, "gender", _l("Gender"), SelectField, choices=choices(GENDERS))
    birthday = field(Set, "birthday", _l("Birthday"), DateField)
    age = field(Set, "age", _l("Age"), IntegerField)
    location = field(Set, "location", _l("Location"), description=_l("The code of the location."))
    bought_something = field(
        Set,
        "bought_something",
        _l("Ever bought"),
        SelectField,
        choices=choices(TRUTHS),
    )
    loyalty_status = field(Set, "loyalty_status", _l("Status"))
    loyalty_card_location = field(Set, "loyalty_card_location", _l("Card issued at"))
    loyalty_bonuses = field(Set, "loyalty_bonuses", _l("Bonuses"), IntegerField)
    loyalty_bonuses_to_next_level = field(Set, "loyalty_bonuses_to_next_level", _l("To the next level"), IntegerField)
    fb_id = field(Set, "fb_id", _l("Facebook ID"))
    vk_id = field(Set, "vk_id", _l("VK ID"))
    kids = FieldList(FormField(KidForm), label=_l("Children"), min_entries=2, max_entries=MOST_ROWS)
    auto = FieldList(FormField(CarForm), label=_l("Cars"), min_entries=1, max_entries=MOST_ROWS)
    custom = FieldList(FormField(PropertyForm), label=_l("Custom properties"), min_entries=3, max_entries=500)

    def given(self) -> dict[str, Any]:
        """Give everything that is filled in; custom properties stand beside the rest."""
        known = {name: one.data for name, one in self._fields.items() if name in Set.model_fields}
        return (
            known
            | {"kids": _filled(self.kids.data), "auto": _filled(self.auto.data), "phone": self.number}
            | self.properties
        )

    @property
    def number(self) -> str | None:
        """The phone number as it is sent: with a plus, whatever was typed."""
        typed = (self.phone.data or "").strip()
        return read_phone(typed) or typed or None

    @property
    def properties(self) -> dict[str, JsonValue]:
        """The custom properties by name; what is JSON is sent as such."""
        return {
            row["name"].strip(): _opened(row["value"])
            for row in self.custom.data
            if (row["name"] or "").strip() and row["value"]
        }

    def texts(self) -> dict[str, str]:
        """Write down what the form says, field by field, to be compared with what is known."""
        said = {name: text_of(value) for name, value in self.given().items() if name in Set.model_fields}
        if self.email.data:
            said["email"] = normal("email", self.email.data.strip())
        return said | {f"custom.{name}": text_of(value) for name, value in self._written().items()}

    def _written(self) -> dict[str, str]:
        return {row["name"].strip(): row["value"] or "" for row in self.custom.data if (row["name"] or "").strip()}

    def validate_phone(self, phone: StringField) -> None:
        """Say in plain words what is no number; what REES46 takes is not refused."""
        if phone.data and sum(sign.isdecimal() for sign in phone.data) < FEWEST_DIGITS:
            phone.errors = [*phone.errors, _("This is not a phone number.")]

    def validate_custom(self, rows: FieldList[Any]) -> None:
        """Refuse names that mean something else to REES46, and one name given twice."""
        names = [(row.form.name.data or "").strip() for row in rows]
        for place, row in enumerate(rows):
            name = names[place]
            if name in TAKEN:
                row.form.name.errors = [_("REES46 keeps this name for itself.")]
            elif name and name in names[:place]:
                row.form.name.errors = [_("This name is there twice.")]
            elif row.form.value.data and not name:
                row.form.name.errors = [_("Give the property a name.")]
        if any(row.form.name.errors for row in rows):
            rows.errors = [_("Look at the names of the properties.")]

    def add_row(self, name: str) -> None:
        """Make room for one more child, car or property."""
        rows = self._fields.get(name)
        if isinstance(rows, FieldList) and len(rows) < (rows.max_entries or 0):
            rows.append_entry()


class EditForm(AttributesForm):
    """A change of a profile. `seen` holds what the person saw when they began, `shown` what the review showed."""

    seen = HiddenField()
    shown = HiddenField()
    reason = TextAreaField(
        _l("Reason"), description=_l("Kept in the audit trail; it is not sent."), validators=[Length(max=500)]
    )


def text_of(value: Any) -> str:
    """Write a value as the form shows it; nothing is empty."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _filled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out empty rows and empty cells."""
    given = [{name: value for name, value in row.items() if value not in (None, "")} for row in rows]
    return [row for row in given if row]


def _opened(text: str) -> JsonValue:
    """Read a list or an object that is written as JSON; anything else is text."""
    if text[:1] not in {"[", "{"}:
        return text
    try:
        read: JsonValue = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return read
