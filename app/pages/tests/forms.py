"""What a plan and its scenarios ask for, and the two words of people: a verdict and a sign-off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.pages.tests.judging import CHECKS, ENCODINGS, WITHOUT_VALUE
from app.pages.tests.pictures import kind_of
from app.store.campaigns import OF_CHANNEL, of_shop
from app.web.channels import CHANNELS
from app.web.context import desk
from app.web.customers.parse import is_name, is_slip, read_identifier
from app.web.forms.fields import Form, choices
from app.web.messaging.languages import language_choices
from app.web.messaging.variables import Unusable, from_json, to_json
from app.web.paging_args import whole_number
from app.web.shops import shop

if TYPE_CHECKING:
    from wtforms import Field

    from app.store.matrix import Expected, MatrixScenario

NEEDED = _l("This is needed.")
SPARE = 2  # empty expectations below those that are filled
MOST_EXPECTED = 20
WAYS = {"all": _l("over all channels at once"), "first": _l("over the first channel that reaches them")}


class PlanForm(Form):
    """A campaign, and to whom its tests go."""

    name = StringField(_l("Name"), validators=[InputRequired(NEEDED), Length(max=120)])
    campaign = SelectField(_l("Campaign"), coerce=whole_number)
    who = TextAreaField(
        _l("Test recipients"),
        description=_l("One a line: an e-mail or a phone. Each language goes to who speaks it, if anybody does."),
        validators=[InputRequired(NEEDED), Length(max=5000)],
        render_kw={"rows": 3},
    )
    make = BooleanField(
        _l("Make scenarios of the template"),
        description=_l("One for each language, each branch, each default, and for what breaks texts."),
        default=True,
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        with desk().reading() as db:
            register = [one for one in of_shop(db, shop().id) if one.active]
        self.campaign.choices = choices({one.id: one.name for one in register})

    def people(self) -> list[tuple[str, str]]:
        lines = (line.strip() for line in (self.who.data or "").splitlines())
        return list(dict.fromkeys(read_identifier(line) for line in lines if line))

    def validate_who(self, typed: Field) -> None:
        _no_names(typed)


def _no_names(typed: Field) -> None:
    for line in (typed.data or "").splitlines():
        if is_name(line.strip()) or is_slip(line):
            raise ValidationError(_("“%(line)s” is no e-mail, phone or ID.", line=line.strip()[:60]))


class ExpectedForm(PlainForm):
    """One thing that is expected over a channel."""

    check = SelectField(_l("Expected"), choices=choices({"": _l("nothing more"), **CHECKS}), default="")
    value = StringField(_l("Value"), validators=[Length(max=2000)])

    def validate_value(self, typed: Field) -> None:
        check, value = self.check.data, (typed.data or "").strip()
        if not check and value:
            raise ValidationError(_("Choose what to check “%(value)s” for.", value=value[:40]))
        if check and check not in WITHOUT_VALUE | {"refused"} and not value:
            raise ValidationError(_("Say the value."))
        if check == "parts" and not (value.isascii() and value.isdecimal() and 0 < int(value[:4]) < 100):
            raise ValidationError(_("Say a number of parts, such as 1."))
        if check == "encoding" and value not in ENCODINGS:
            raise ValidationError(_("Write GSM-7 or UCS-2."))


def _expected_field(channel: str) -> FieldList[Any]:
    return FieldList(FormField(ExpectedForm), label=CHANNELS[channel], min_entries=SPARE, max_entries=MOST_EXPECTED)


class ScenarioForm(Form):
    """A row of the matrix, with what is expected over each channel, written before it runs."""

    name = StringField(_l("Name"), validators=[InputRequired(NEEDED), Length(max=120)])
    edge = StringField(_l("What is special about it"), validators=[Optional(), Length(max=255)])
    who = StringField(_l("To whom"), validators=[InputRequired(NEEDED), Length(max=255)])
    way = SelectField(_l("Way"), choices=choices(WAYS))
    language = SelectField(_l("Language"), validators=[Optional()])
    variables = TextAreaField(
        _l("Variables as JSON"),
        render_kw={"rows": 8, "data-code": True, "spellcheck": "false"},
        validators=[Optional()],
    )
    email = _expected_field("email")
    web_push = _expected_field("web_push")
    mobile_push = _expected_field("mobile_push")
    sms = _expected_field("sms")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.language.choices = [("", _("as their profile says")), *language_choices()]

    def validate_who(self, typed: Field) -> None:
        _no_names(typed)

    def validate_variables(self, typed: Field) -> None:
        try:
            from_json(typed.data or "{}")
        except Unusable as wrong:
            raise ValidationError(wrong.words) from None

    def expected(self) -> Expected:
        """What is expected over each channel; an empty row expects nothing."""
        return {
            channel: [
                {"check": row.form.check.data, "value": (row.form.value.data or "").strip()}
                for row in self[channel]
                if row.form.check.data
            ]
            for channel in OF_CHANNEL
        }

    def given(self) -> dict[str, Any]:
        plain = {name: self[name].data or "" for name in ("name", "edge", "way", "language")}
        return plain | {"variables": from_json(self.variables.data or "{}"), "expected": self.expected()}


def of_scenario(row: MatrixScenario) -> dict[str, Any]:
    """Give what the form of a scenario begins with."""
    spare = [{"check": "", "value": ""}] * SPARE
    plain = {name: getattr(row, name) for name in ("name", "edge", "way", "language")}
    wanted = {channel: [*row.expected.get(channel, []), *spare] for channel in OF_CHANNEL}
    return plain | wanted | {"who": row.customer.value, "variables": to_json(row.variables)}


class JudgeForm(Form):
    """A person's verdict on a cell."""

    word = RadioField(
        _l("Your verdict"),
        choices=choices({"right": _l("As it should be"), "wrong": _l("Not as it should be")}),
        validators=[InputRequired(NEEDED)],
    )
    note = TextAreaField(_l("Note"), validators=[Optional(), Length(max=2000)], render_kw={"rows": 2})
    picture = FileField(_l("Picture"), description=_l("PNG, JPEG or WebP, up to 5 MB; it is kept encrypted."))

    def validate_picture(self, picked: Field) -> None:
        if picked.data and not kind_of(picked.data):
            raise ValidationError(_("This is no PNG, JPEG or WebP of up to 5 MB. Nothing was kept; choose another."))


class SignForm(Form):
    """A second person's yes."""

    note = StringField(_l("Note"), validators=[Optional(), Length(max=400)])
