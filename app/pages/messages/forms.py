"""What the messages pages ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, ValidationError

from app.pages.messages.attachments import addresses, read_files
from app.pages.messages.kept_files import contents, listed
from app.rees46 import messages
from app.store.campaigns import of_shop
from app.web.cells.emails import read_email
from app.web.cells.phones import read_phone
from app.web.context import desk
from app.web.forms.fields import Form, OperationForm, choices, field
from app.web.messaging.variables import KINDS, MOST, Row, Unusable, from_json, from_rows, to_json, to_rows
from app.web.paging_args import whole_number
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.rees46.operation import Operation

NEEDED = _l("This is needed.")
SPARE = 2  # empty rows below those that are filled


class RowForm(PlainForm):
    """A variable and its value."""

    name = StringField(_l("Variable"), validators=[Length(max=255)], filters=[lambda said: (said or "").strip()])
    value = StringField(_l("Value"), validators=[Length(max=10_000)])
    kind = SelectField(_l("Kind"), choices=choices(KINDS), default="text")


class MessageForm(OperationForm[Any]):
    """One message: the campaign, to whom, and its variables as rows or as JSON."""

    mode = HiddenField(default="rows")
    rows = FieldList(FormField(RowForm), label=_l("Variables"), min_entries=SPARE, max_entries=MOST)
    json = TextAreaField(_l("Variables as JSON"), render_kw={"rows": 12, "data-code": True, "spellcheck": "false"})
    persona = StringField(_l("Fill from the profile of"), validators=[Length(max=255)])
    customer = HiddenField()  # the key of the profile it was filled from
    told = ""  # what filling found

    @property
    def by_json(self) -> bool:
        return bool(self.mode.data == "json")

    def variables(self) -> dict[str, Any]:
        """Give the variables as they are written now; raise Unusable when they cannot be sent."""
        return from_json(self.json.data or "") if self.by_json else from_rows(self.pairs())

    def pairs(self) -> list[Row]:
        return [
            (row.form.name.data or "", row.form.value.data or "", row.form.kind.data or "text") for row in self.rows
        ]

    def write(
        self, variables: dict[str, Any], also: list[str] | None = None, kinds: Mapping[str, str] | None = None
    ) -> None:
        """Show these variables: as rows, with an empty one for each name of `also`, or as JSON if rows cannot."""
        if self.by_json:
            self.json.data = to_json(variables)
            return
        try:
            rows = to_rows(variables)
        except Unusable:
            self.mode.data, self.json.data = "json", to_json(variables)
            return
        named = {name: (value, kind) for name, value, kind in rows}
        wanted = [(name, *named.pop(name, ("", (kinds or {}).get(name, "text")))) for name in also or []]
        self.show([*wanted, *((name, *rest) for name, rest in named.items())], SPARE)

    def show(self, rows: Iterable[Row], spare: int) -> None:
        """Show rows with some empty ones below them."""
        shown = [*rows, *[("", "", "text")] * spare][:MOST]
        self.rows.process(None, [{"name": name, "value": value, "kind": kind} for name, value, kind in shown])

    def given(self) -> dict[str, Any]:
        try:
            variables = self.variables()
        except Unusable:
            variables = {}  # validate() has said why
        return super().given() | {"variables": variables}

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        try:
            self.variables()
        except Unusable as wrong:
            blamed = self.json if self.by_json else self.rows
            blamed.errors = [*blamed.errors, wrong.words]
            return False
        return fits


def phone_of(said: str | None) -> str | None:
    """Give the number as it will be sent: with its country, or as typed when it is none that we know."""
    return (read_phone(said) or said.strip()) if said else said


class SmsForm(MessageForm):
    makes = messages.Sms

    code = field(messages.Sms, "code", _l("Campaign code"), filters=[lambda said: (said or "").strip()])
    phone = field(
        messages.Sms, "phone", _l("Phone number"), TelField, description=_l("In any format."), filters=[phone_of]
    )


class MultiForm(MessageForm):
    makes: ClassVar[type[Operation[Any]]] = messages.Multi

    code = field(messages.Multi, "code", _l("Campaign code"), filters=[lambda said: (said or "").strip()])
    email = field(
        messages.Multi,
        "email",
        _l("E-mail"),
        EmailField,
        filters=[lambda said: (read_email(said) or said.strip()) if said else said],
    )
    phone = field(messages.Multi, "phone", _l("Phone number"), TelField, filters=[phone_of])
    loyalty_id = field(messages.Multi, "loyalty_id", _l("Loyalty ID"))
    external_id = field(messages.Multi, "external_id", _l("ID in the shop's own database"))
    did = field(messages.Multi, "did", _l("Device ID"))
    send_everywhere = field(
        messages.Multi,
        "send_everywhere",
        _l("Send over every channel except SMS"),
        BooleanField,
        description=_l("Otherwise REES46 takes the cheapest channel that reaches the customer."),
    )

    def given(self) -> dict[str, Any]:
        return super().given() | {"send_everywhere": self.send_everywhere.data or None}


class TransactForm(MultiForm):
    """The newer call, which takes copies and files along."""

    makes = messages.Transact

    send_everywhere = field(
        messages.Transact,
        "send_everywhere",
        _l("Send over all channels at once, SMS too"),
        BooleanField,
        description=_l("Otherwise REES46 takes the first channel of the campaign that reaches the customer."),
    )
    cc = StringField(_l("Copy to"), validators=[Length(max=2000)], description=_l("Addresses, separated by commas."))
    bcc = StringField(_l("Hidden copy to"), validators=[Length(max=2000)])
    held = HiddenField()  # files that were brought before, see kept_files
    files = MultipleFileField(_l("Files"), description=_l("10 MB together at most; they go by e-mail."))
    test = BooleanField(
        _l("Leave it out of the statistics"),
        description=_l("REES46 sends it, gives it no code and counts no opening or click."),
    )

    def given(self) -> dict[str, Any]:
        copies = {name: addresses(self[name].data) for name in ("cc", "bcc")}
        files = [*contents(self.held.data), *read_files(self.files.data)]
        return super().given() | copies | {"files": files, "test": self.test.data or None}

    @property
    def held_files(self) -> list[dict[str, Any]]:
        """Name, size and number of the files that need not be chosen again."""
        return listed(self.held.data)


FORMS: dict[str, type[MessageForm]] = {"sms": SmsForm, "multi": MultiForm, "transact": TransactForm}


class ReviewForm(Form):
    """The last look: a tick when it was sent today, typed words and a reason where the allow-list says no."""

    again = BooleanField(_l("Send it once more"))
    odd = BooleanField(_l("Send it to this number all the same"))
    confirm = StringField(_l("Recipient"), validators=[Length(max=255)])
    reason = StringField(_l("Why past the allow-list?"), validators=[Length(max=400)])


class GroupForm(Form):
    """One campaign for many: what is the same for all; the rest is filled from each profile."""

    campaign = SelectField(_l("Campaign"), coerce=whole_number)
    variables = TextAreaField(
        _l("Variables that are the same for all, as JSON"),
        description=_l("What the campaign wants besides is filled from each profile."),
        render_kw={"rows": 4, "data-code": True, "spellcheck": "false"},
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        with desk().reading() as db:
            register = [one for one in of_shop(db, shop().id) if one.active]
        self.campaign.choices = choices({one.id: one.name for one in register})

    def asked(self) -> dict[str, Any]:
        return {"campaign": self.campaign.data, "variables": from_json(self.variables.data or "{}")}

    def validate_variables(self, typed: TextAreaField) -> None:
        try:
            from_json(typed.data or "{}")
        except Unusable as wrong:
            raise ValidationError(wrong.words) from None


class RecipientForm(Form):
    who = StringField(_l("E-mail or phone"), validators=[InputRequired(NEEDED), Length(max=255)])
    whose = StringField(_l("Whose it is"), validators=[InputRequired(NEEDED), Length(max=120)])
