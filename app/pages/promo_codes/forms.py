"""What the promo pages ask for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.pages.promo_codes.inspection import LONGEST, MOST
from app.pages.promo_codes.pattern import ALPHABETS, Pattern
from app.rees46 import promo_codes
from app.web.filters import number
from app.web.forms.fields import Between, Form, OnceOperationForm, choices
from app.web.forms.filters import DatedFilters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.pages.promo_codes.stock import Supply
    from app.store.customers import KnownCustomer

NEEDED = _l("This is needed.")
LONGEST_TEXT = 4_000_000  # characters that may be pasted
LONGEST_DRAWN = 40  # signs
ALPHABET_NAMES = {
    "clear": _l("Letters and digits without look-alikes (no 0 O 1 I L)"),
    "wordless": _l("The same without vowels, so that no words appear"),
    "letters": _l("Letters without look-alikes"),
    "digits": _l("Digits"),
    "own": _l("My own"),
}


class ListField(SelectField):
    """A promo list, with what is left in it."""

    def offer(self, supplies: Sequence[Supply], chosen: str | None = None) -> None:
        """Give the lists to choose from; none is chosen unless it was named, or is the only one."""
        self.names: dict[str, str] = {supply.id: supply.name for supply in supplies}
        left = {supply.id: f"{supply.name} – {self._left(supply)}" for supply in supplies}
        self.choices = choices({"": _("Choose a list"), **left})
        if self.raw_data is None:
            self.data = chosen or (supplies[0].id if len(supplies) == 1 else None)

    @staticmethod
    def _left(supply: Supply) -> str:
        return _("REES46 did not say how many") if supply.available is None else number(supply.available)


@dataclass(frozen=True)
class Wish:
    """A code of a list for somebody, and the click that wants it."""

    fetch: promo_codes.Fetch
    list_name: str
    customer: KnownCustomer | None
    reason: str
    once: str


class HandOutForm(OnceOperationForm[promo_codes.Fetch]):
    makes = promo_codes.Fetch
    list = ListField(_l("Promo list"), description=_l("With what is left in it."), validators=[InputRequired(NEEDED)])
    who = StringField(
        _l("To whom"),
        description=_l("E-mail, phone or ID. Empty: nobody in particular, such as a test."),
        validators=[Optional(), Length(max=255)],
        render_kw={"maxlength": 255},
    )
    reason = StringField(
        _l("Why"),
        description=_l("For whoever looks at the ledger later, such as a ticket number."),
        validators=[InputRequired(NEEDED), Length(max=500)],
        render_kw={"maxlength": 500},
    )
    unknown = BooleanField(_l("Hand it out to somebody whom REES46 does not know"))
    again = BooleanField(_l("Hand out another one anyway"))
    did: str | None = None

    def given(self) -> dict[str, Any]:
        """The device is told to REES46; other identifiers stay in the ledger."""
        return {"id": self.list.data, "did": self.did}

    def _blame(self, name: str, words: Any) -> None:
        super()._blame("list" if name == "id" else name, words)

    def wish(self, list_name: str, customer: KnownCustomer | None) -> Wish:
        """What a valid form asks for."""
        self.did = customer.value if customer and customer.kind == "did" else None
        return Wish(self.operation, list_name, customer, self.reason.data or "", self.click(customer))

    def click(self, customer: KnownCustomer | None) -> str:
        """Name the click: the same form for another list or person, gone back to in the browser, is another one."""
        return f"{(self.once.data or '')[:16]}.{customer.id if customer else 0}.{self.list.data}"[:64]

    def start_over(self) -> None:
        """Let the next click be a new one: this one's try is over and took no code."""
        self.once.data = secrets.token_urlsafe(12)


class LedgerFilters(DatedFilters):
    """The days of the ledger."""


class LedgerForm(Form):
    what = StringField(
        _l("Code, customer, reason or colleague"),
        validators=[Optional(), Length(max=255)],
        render_kw={"maxlength": 255, "type": "search", "autocomplete": "off", "spellcheck": "false"},
    )


class SettleForm(Form):
    outcome = RadioField(
        _l("What happened?"),
        choices=choices({"code": _l("A code was taken"), "none": _l("No code was taken")}),
        validators=[InputRequired(NEEDED)],
    )
    code = StringField(
        _l("The code"), description=_l("As REES46 shows it."), validators=[Optional(), Length(max=LONGEST)]
    )
    note = TextAreaField(_l("How do you know?"), validators=[Optional(), Length(max=400)], render_kw={"rows": 2})

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if self.outcome.data == "code" and not (self.code.data or "").strip():
            self.code.errors = [_("This is needed.")]
            return False
        return fits


class CodeForm(Form):
    code = StringField(
        _l("The code"), description=_l("As REES46 shows it."), validators=[InputRequired(NEEDED), Length(max=LONGEST)]
    )


class UploadForm(Form):
    list = ListField(_l("Promo list"), description=_l("With what is left in it."), validators=[InputRequired(NEEDED)])
    codes = TextAreaField(
        _l("Codes"),
        description=_l("One a line; commas, semicolons and tabs separate too."),
        validators=[Optional(), Length(max=LONGEST_TEXT)],
        render_kw={"rows": 8, "spellcheck": "false", "data-code": "", "autocomplete": "off"},
    )
    file = FileField(_l("Or a file"))
    column = StringField(
        _l("Column of the file"),
        description=_l("Its name or letter. Empty: the one that looks like codes."),
        validators=[Optional(), Length(max=100)],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if bool((self.codes.data or "").strip()) == bool(self.file.data):
            self.codes.errors = [_("Paste the codes or choose a file, one of the two.")]
            return False
        return fits


class SendForm(Form):
    list = ListField(_l("Promo list"), validators=[InputRequired(NEEDED)])
    odd = BooleanField(_l("Upload the suspicious ones too"))
    unusual = BooleanField(_l("Upload those of unusual length too"), default=True)
    elsewhere = BooleanField(_l("Upload those that stand in another list too"))


class WarnForm(Form):
    level = IntegerField(
        _l("Warn when fewer are left than"),
        validators=[InputRequired(_l("This must be a whole number.")), Between(0, 1_000_000)],
    )


class GenerateForm(Form):
    count = IntegerField(
        _l("How many"),
        default=100,
        validators=[InputRequired(_l("This must be a whole number.")), Between(1, MOST)],
    )
    length = IntegerField(
        _l("Random characters"),
        description=_l("Without prefix, suffix and dashes."),
        default=10,
        validators=[InputRequired(_l("This must be a whole number.")), Between(1, LONGEST_DRAWN)],
    )
    alphabet = RadioField(_l("Alphabet"), choices=choices(ALPHABET_NAMES), default="clear")
    own = StringField(
        _l("My own alphabet"),
        description=_l("All characters that may be used, such as ABCDEF2345."),
        validators=[Optional(), Length(max=100)],
    )
    prefix = StringField(_l("Prefix"), validators=[Optional(), Length(max=40)])
    suffix = StringField(_l("Suffix"), validators=[Optional(), Length(max=40)])
    group = IntegerField(
        _l("Dash after every"),
        description=_l("Characters; 0 for no dashes."),
        default=0,
        validators=[Optional(), Between(0, 20)],
    )

    def pattern(self) -> Pattern:
        """What the codes look like; only of fields that fit."""
        chosen = ALPHABETS.get(self.alphabet.data) or self.own.data or ""
        prefix, suffix = ((one.data or "").strip() for one in (self.prefix, self.suffix))
        return Pattern(self.length.data or 1, chosen, prefix, suffix, self.group.data or 0)

    @property
    def wanted(self) -> int:
        """How many codes; only of fields that fit."""
        return self.count.data or 1

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also that there are as many codes of the pattern as are wanted: exactly, however many that is."""
        if not super().validate(extra_validators):
            return False
        pattern = self.pattern()
        if len(set(pattern.alphabet)) < 2:  # two signs are the least that differ
            self.own.errors = [_("Give at least two different characters.")]
        elif not pattern.is_typable:
            self.refuse(_("A code cannot hold spaces or invisible characters."))
        elif pattern.space < self.wanted:
            self.count.errors = [
                _(
                    "There are only %(space)s codes of this form, and you asked for %(count)s.",
                    space=number(pattern.space),
                    count=number(self.wanted),
                )
            ]
        return not (self.errors or self.form_errors)
