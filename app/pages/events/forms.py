"""What is asked before test events are sent."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import ValidationError
from wtforms import (
    BooleanField,
    DecimalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from app.pages.events.items import Wrong, items_of
from app.pages.events.kinds import KINDS, MARK, ORDER, call_of
from app.pages.events.script import Step, steps_of
from app.rees46 import deliveries, events
from app.store.event_runs import EventRun
from app.web.forms.fields import Between, Form, OnceForm, choices, errors_of, field
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDED = _l("This is needed.")
DEVICES = {"same": _l("The device of my last try"), "new": _l("A new device")}
LETTERS = {"": _l("none"), "A": "A", "B": "B"}
STOCKS = {"": _l("As it is"), "1": _l("In stock"), "0": _l("Not in stock")}
SHORTEST_REASON = 5


class TryForm(OnceForm):
    """What all tries share: for which device, on which stream, with which letter; on a live shop also why."""

    device = RadioField(_l("Device"), choices=choices(DEVICES), default="same")
    stream = field(
        events.Track,
        "stream",
        _l("Stream"),
        description=_l("Letters, digits and _. Reports tell test events by it."),
        default=MARK,
    )
    letter = SelectField(_l("A/B letter"), choices=choices(LETTERS), default="")
    reason = StringField(
        _l("Reason"),
        description=_l("This is a live shop: what you send counts in its reports. It is kept in the audit trail."),
        validators=[MayBeEmpty(), Length(max=500)],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if shop().kind == "live" and len((self.reason.data or "").strip()) < SHORTEST_REASON:
            self.reason.errors = [_("Say why test events go to a live shop.")]
            return False
        return fits

    def fits(self, run: EventRun, steps: list[Step]) -> bool:
        """Hold each step to what REES46 takes; what is wrong stands at its field, or on the form."""
        for event, said in steps:
            try:
                call_of(run, event, said)
            except ValidationError as wrong:
                for name, words in errors_of(wrong):
                    self.blame(NAMES.get(name, name), words)
        return not (self.errors or self.form_errors)

    def blame(self, name: str, words: str) -> None:
        if name in self._fields:
            self[name].errors = [*self[name].errors, words]
        else:
            self.refuse(words)


NAMES = {"item_id": "items", "event": "name", "segment": "letter"}  # parameters whose field is called otherwise


class EventForm(TryForm):
    """One event; of its fields those count that the event has."""

    items = TextAreaField(
        _l("Products"),
        description=_l("One a line: the ID, how many, and the price of one. The ID alone will do: 1012 2 990."),
        render_kw={"rows": 3, "spellcheck": "false"},
    )
    full = BooleanField(_l("These are the whole list; what is not named is taken out"))
    stock = SelectField(
        _l("Stock"),
        description=_l("It overwrites the catalogue."),
        choices=choices(STOCKS),
        default="",
    )
    category_id = field(events.Track, "category_id", _l("ID of the category"))
    search_query = field(events.Track, "search_query", _l("What was searched for"))
    order_id = field(
        events.Track,
        "order_id",
        _l("Order"),
        description=_l("Begins with TEST-, so that it is told from orders of customers."),
        default=lambda: f"{ORDER}{secrets.token_hex(4).upper()}",
    )
    order_price = DecimalField(
        _l("What the order costs"),
        description=_l("Empty: what its products cost."),
        places=None,
        validators=[MayBeEmpty(), Between(min=0, max=1_000_000_000_000)],
    )
    promocode = field(events.Track, "promocode", _l("Promo code"))
    delivery_type = field(events.Track, "delivery_type", _l("Delivery"))
    payment_type = field(events.Track, "payment_type", _l("Paid by"))
    name = field(events.Custom, "event", _l("Name of the event"), required=False)
    category = field(events.Custom, "category", _l("Category"))
    label = field(events.Custom, "label", _l("Label"))
    value = field(events.Custom, "value", _l("Value"), IntegerField)
    code = field(deliveries.Clicked, "code", _l("Code of the message"), required=False)
    type = field(deliveries.Clicked, "type", _l("Type of the message"), description=_l("bulk, chain or transactional."))
    recommended_by = field(
        events.Track, "recommended_by", _l("Recommended by"), description=_l("dynamic, full_search, instant_search …")
    )
    recommended_code = field(events.Track, "recommended_code", _l("Code of the block or search"))
    source = StringField(
        _l("Led here by"), description=_l("bulk, chain or transactional."), validators=[MayBeEmpty(), Length(max=255)]
    )
    source_code = StringField(_l("Code of the message"), validators=[MayBeEmpty(), Length(max=255)])

    def step(self, event: str) -> Step | None:
        """Give what is to be sent; None when a field cannot be read."""
        said: dict[str, Any] = {}
        for name in KINDS[event].fields:
            value = self[name].data
            if isinstance(value, str):
                value = value.strip()
            if value not in (None, "", False):
                said[name] = value
        try:
            return event, self._in_words_of_the_call(event, said)
        except Wrong as wrong:
            self.items.errors = [wrong.words]
            return None

    def _in_words_of_the_call(self, event: str, said: dict[str, Any]) -> dict[str, Any]:
        if "items" in said:
            said["items"] = items_of(said["items"])
        if said.pop("full", False):
            said["full_cart" if event == "cart" else "full_wish"] = True
        stock = said.pop("stock", "")
        if stock and shop().kind != "live":
            said["is_available"] = [stock == "1"] * len(said.get("items", []))
        if "order_price" in said:
            said["order_price"] = float(said["order_price"])
        if event == "purchase" and not said.get("order_id", "").startswith(ORDER):
            self.order_id.errors = [_("It must begin with TEST-.")]
        return said


class ScriptForm(TryForm):
    """Several events, a line each; a test bench names the block that it wants to be read after each."""

    block = HiddenField(validators=[Length(max=255)])
    item = HiddenField(validators=[Length(max=255)])
    category = HiddenField(validators=[Length(max=255)])
    search = HiddenField(validators=[Length(max=255)])

    script = TextAreaField(
        _l("Events"),
        validators=[InputRequired(NEEDED), Length(max=5_000)],
        render_kw={"rows": 6, "spellcheck": "false"},
    )

    def asked(self) -> dict[str, Any]:
        """Give the block that is to be read, with what its page sends."""
        if not self.block.data:
            return {}
        said = {"code": self.block.data, "item_id": self.item.data, "category": self.category.data}
        return {name: value for name, value in (said | {"search_query": self.search.data}).items() if value}

    def begin(self, said: Mapping[str, str]) -> None:
        """Take from an address which block is to be read."""
        for name in ("block", "item", "category", "search"):
            self[name].data = said.get(name, "").replace("\0", "")[:255]

    def steps(self) -> list[Step]:
        try:
            return steps_of(self.script.data or "")
        except Wrong as wrong:
            self.script.errors = [wrong.words]
            return []


class CustomForm(Form):
    """An event of the shop's own, for the register."""

    name = field(events.Custom, "event", _l("Name of the event"))
    meaning = StringField(
        _l("What it means"),
        description=_l("When the site or app sends it, and what for."),
        validators=[MayBeEmpty(), Length(max=500)],
    )
    category = field(events.Custom, "category", _l("Category"))
    label = field(events.Custom, "label", _l("Label"))
