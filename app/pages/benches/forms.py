"""What is compared, what is expected of a query, and who the personas are."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from app.rees46.search import LONGEST_QUERY
from app.web.forms.fields import Between, Form, choices
from app.web.forms.filters import Filters
from app.web.paging_args import whole_number

KINDS = {"instant": _l("Instant search"), "full": _l("Full search")}
SORTS = {
    "": _l("Best match first"),
    "price-asc": _l("Cheapest first"),
    "price-desc": _l("Dearest first"),
    "popular-desc": _l("Most popular first"),
    "discount-desc": _l("Greatest discount first"),
}
LONGEST_ID = 255
TO_TYPE = {"autocomplete": "off", "spellcheck": "false"}


def clean(text: str | None) -> str:
    return (text or "").replace("\0", "").strip()


class CompareFilters(Filters):
    """Two searches for the same words; nothing of it is personal, for it stands in the URL."""

    q = StringField(
        _l("What is typed"), filters=[clean], render_kw={"maxlength": LONGEST_QUERY, "type": "search", **TO_TYPE}
    )
    left = SelectField(_l("Left side"), choices=choices(KINDS), default="instant")
    left_as = SelectField(_l("As whom"), coerce=whole_number)
    right = SelectField(_l("Right side"), choices=choices(KINDS), default="full")
    right_as = SelectField(_l("As whom"), coerce=whole_number)
    right_shop = SelectField(_l("In which shop"))
    sort = SelectField(_l("Sorted by"), choices=choices(SORTS))
    location = StringField(_l("Only in the location"), filters=[clean], render_kw={"maxlength": LONGEST_ID, **TO_TYPE})
    brand = StringField(_l("Only the brand"), filters=[clean], render_kw={"maxlength": LONGEST_ID, **TO_TYPE})

    @property
    def words(self) -> str:
        return (self.q.data or "")[:LONGEST_QUERY]

    def narrowed(self) -> dict[str, Any]:
        """Give what narrows and orders both searches."""
        given: dict[str, Any] = {}
        for name, field in (("locations", self.location), ("brands", self.brand)):
            if text := (field.data or "")[:LONGEST_ID]:
                given[name] = [text]
        if self.sort.data in SORTS and self.sort.data:
            given["sort_by"], _dash, given["sort_dir"] = self.sort.data.partition("-")
        return given


class GoldenForm(Form):
    """A query whose right answer is known."""

    words = StringField(
        _l("What is typed"),
        validators=[InputRequired(_l("This is needed.")), Length(max=LONGEST_QUERY)],
        render_kw={"maxlength": LONGEST_QUERY, **TO_TYPE},
    )
    kind = SelectField(_l("Kind of search"), choices=choices(KINDS), default="full")
    persona = SelectField(_l("As whom"), coerce=whole_number, validators=[MayBeEmpty()])
    item_id = StringField(
        _l("This product is found"),
        description=_l("Its ID."),
        validators=[MayBeEmpty(), Length(max=LONGEST_ID)],
        render_kw={"maxlength": LONGEST_ID, **TO_TYPE},
    )
    among = IntegerField(_l("Among the first"), default=3, validators=[MayBeEmpty(), Between(min=1, max=20)])
    without = StringField(
        _l("No product with these words"),
        description=_l("In its name or categories; several are separated by commas."),
        validators=[MayBeEmpty(), Length(max=255)],
        render_kw={"maxlength": 255, **TO_TYPE},
    )
    at_least = IntegerField(_l("At least so many products"), validators=[MayBeEmpty(), Between(min=1, max=100_000)])
    mistyped = BooleanField(_l("Expect the same with a typing mistake"))
    other_layout = BooleanField(_l("Expect the same with the keyboard in the other alphabet"))

    def expected(self) -> dict[str, Any]:
        """Give what was said of the answer."""
        item = clean(self.item_id.data)
        given = {"item_id": item, "within": (self.among.data or 1) if item else None}
        given |= {"without": clean(self.without.data), "at_least": self.at_least.data}
        return {name: value for name, value in given.items() if value}

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits and not self.expected():
            self.refuse(_l("Say what is expected: a product, words that no product has, or how many are found."))
            return False
        return fits


class PersonaForm(Form):
    """A customer for whom things are tried."""

    name = StringField(
        _l("Name"),
        description=_l("Such as: Vera, running. It stands in URLs and reports: no contact of the customer."),
        validators=[InputRequired(_l("This is needed.")), Length(max=80)],
        render_kw={"maxlength": 80, "autocomplete": "off"},
    )
    who = StringField(
        _l("Customer"),
        description=_l("E-mail, phone, loyalty card, own ID or device, as it stands in REES46."),
        validators=[InputRequired(_l("This is needed.")), Length(max=255)],
        render_kw={"maxlength": 255, **TO_TYPE},
    )
