"""What is asked about subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.pages.subscriptions.words import SOURCES
from app.rees46.subscriptions import ALL_FLAGS, FLAGS, TYPES, TYPES_OF, Callback, Manage
from app.web.cells.emails import read_email
from app.web.channels import CHANNELS, KINDS
from app.web.customers.consent_events import EVENTS
from app.web.forms.fields import Form, OnceOperationForm, choices, field
from app.web.forms.filters import DatedFilters

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.web.forms.filters import Range

NEEDED = _l("This is needed.")
LEAVE_ON_OFF = {"": _l("Leave"), "true": _l("On"), "false": _l("Off")}
LEAVE = {"": LEAVE_ON_OFF[""]}
LEAVE_OR_OFF = {**LEAVE, "false": LEAVE_ON_OFF["false"]}
LONGEST_REASON = 500


def flag(name: str) -> Any:
    """Leave, on or off: what is left is not sent."""
    channel, _underscore, kind = name.rpartition("_")
    label = _l("%(channel)s, %(kind)s", channel=CHANNELS[channel], kind=KINDS[kind])
    return field(Manage, name, label, RadioField, choices=choices(LEAVE_ON_OFF), default="")


class ConsentForm(OnceOperationForm[Manage]):
    """Changes consents; only flags that differ from what REES46 has are sent."""

    makes = Manage

    email_bulk = flag("email_bulk")
    email_chain = flag("email_chain")
    email_transactional = flag("email_transactional")
    sms_bulk = flag("sms_bulk")
    sms_chain = flag("sms_chain")
    sms_transactional = flag("sms_transactional")
    web_push_bulk = flag("web_push_bulk")
    web_push_chain = flag("web_push_chain")
    web_push_transactional = flag("web_push_transactional")
    mobile_push_bulk = flag("mobile_push_bulk")
    mobile_push_chain = flag("mobile_push_chain")
    mobile_push_transactional = flag("mobile_push_transactional")
    telegram_bulk = flag("telegram_bulk")
    telegram_chain = flag("telegram_chain")
    telegram_transactional = flag("telegram_transactional")
    whatsapp_bulk = flag("whatsapp_bulk")
    whatsapp_chain = flag("whatsapp_chain")
    whatsapp_transactional = flag("whatsapp_transactional")
    max_bulk = flag("max_bulk")
    max_chain = flag("max_chain")
    max_transactional = flag("max_transactional")
    wallet_bulk = flag("wallet_bulk")
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Who asked for it, when and how. It is kept in the audit trail."),
        validators=[Optional(), Length(max=LONGEST_REASON)],
        render_kw={"rows": 2, "maxlength": LONGEST_REASON},
    )
    seen = HiddenField()  # the flags as the preview showed them

    def __init__(
        self, identity: dict[str, str], flags: dict[str, bool | None], stops: Mapping[str, str], **more: Any
    ) -> None:
        """Offer what can be: `stops` says of which flags no "on" has any effect, and why."""
        super().__init__(**more)
        self.identity = identity
        self.flags = flags
        self.stops = stops
        for name in set(ALL_FLAGS) - flags.keys():
            del self[name]  # of channels that the shop has not
        for name in stops:
            offered = LEAVE_OR_OFF if flags[name] is not False else LEAVE
            self[name].choices, self[name].validate_choice = choices(offered), False

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse an "on" that cannot be, with the reason."""
        fits = super().validate(extra_validators)
        for name, why in self.stops.items():
            if self[name].data not in {None, "", "false"}:
                self[name].errors = [why]
                self.refuse(_("%(flag)s cannot be turned on. %(why)s", flag=self[name].label.text, why=why))
                fits = False
        return fits

    @property
    def changed(self) -> dict[str, bool]:
        """The flags that would really change."""
        wanted = {name: self[name].data == "true" for name in self.flags if self[name].data}
        return {name: value for name, value in wanted.items() if self.flags[name] != value}

    @property
    def state(self) -> str:
        return "".join({True: "1", False: "0", None: "?"}[is_on] for is_on in self.flags.values())

    def given(self) -> dict[str, Any]:
        return {**self.identity, **self.changed}

    def rows(self, titles: dict[str, Any]) -> list[tuple[Any, list[Any]]]:
        """The fields as a matrix: a row per channel of the shop, a column per kind; a wallet has but one."""
        names = [(channel, [f"{channel}_{kind}" for kind in kinds]) for channel, kinds in TYPES_OF.items()]
        mine = [(channel, flags) for channel, flags in names if flags[0] in self.flags]
        return [
            (titles[channel], [self[flag] for flag in flags] + [None] * (len(TYPES) - len(flags)))
            for channel, flags in mine
        ]


def _for_many(name: str) -> SelectField:
    channel, _underscore, kind = name.rpartition("_")
    label = _l("%(channel)s, %(kind)s", channel=CHANNELS[channel], kind=KINDS[kind])
    return SelectField(label, choices=choices(LEAVE_ON_OFF), default="")


class ManyForm(Form):
    """What many customers are subscribed to, or not any more."""

    email_bulk = _for_many("email_bulk")
    email_chain = _for_many("email_chain")
    email_transactional = _for_many("email_transactional")
    sms_bulk = _for_many("sms_bulk")
    sms_chain = _for_many("sms_chain")
    sms_transactional = _for_many("sms_transactional")

    def asked(self) -> dict[str, Any]:
        return {"flags": {name: self[name].data == "true" for name in FLAGS if self[name].data}}

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if fits and not self.asked()["flags"]:
            self.refuse(_("Nothing would change: choose On or Off for what is to be different."))
            return False
        return fits


class AddressForm(Form):
    email = StringField(_l("E-mail address"), validators=[InputRequired(NEEDED), Length(max=254)])

    def validate_email(self, typed: StringField) -> None:
        address = read_email(typed.data or "")
        if address is None:
            raise ValidationError(_("This is not an e-mail address."))
        typed.data = address


class CallbackForm(OnceOperationForm[Callback]):
    """Tells REES46 what became of an address; the address has to be typed again."""

    makes = Callback

    event = field(
        Callback,
        "event",
        _l("What happened"),
        RadioField,
        choices=choices(
            {
                "unsubscribed": _l("They want no more e-mail"),
                "complained": _l("They marked our e-mail as spam"),
                "blacklisted": _l("A mail provider blocks the address"),
                "hard_bounced": _l("The address does not exist"),
            }
        ),
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("How you know. It is kept in the audit trail."),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_REASON)],
        render_kw={"rows": 2, "maxlength": LONGEST_REASON},
    )
    typed = StringField(_l("The address once more"), validators=[InputRequired(NEEDED), Length(max=254)])

    def __init__(self, address: str, **more: Any) -> None:
        super().__init__(**more)
        self.address = address

    def validate_typed(self, typed: StringField) -> None:
        if (typed.data or "").strip().lower() != self.address.lower():
            raise ValidationError(_("This is not the address above."))

    def given(self) -> dict[str, Any]:
        return {"email": self.address, "event": self.event.data}


class FeedFilters(DatedFilters):
    """Which changes are shown: REES46 wants days, so without any it is the last 30."""

    event = SelectField(_l("Event"), choices=choices({"": _l("All"), **EVENTS}), default="")
    channel = SelectField(_l("Source"), choices=choices({"": _l("All"), **SOURCES}), default="")
    since = DateField(_l("From"), name="from", validators=[Optional()])
    until = DateField(_l("Until"), name="to", validators=[Optional()])

    def validate_until(self, until: DateField) -> None:
        if self.since.data and until.data and self.since.data > until.data:
            raise ValidationError(_("The last day is before the first."))

    def days(self) -> tuple[date | None, date | None]:
        """The days as they were chosen; the page says what is wrong with them."""
        return self.since.data, self.until.data

    def _has_days(self) -> bool:
        return any(request.args.get(str(field.name)) for field in (self.since, self.until))

    def ranges(self) -> list[Range]:
        """Days that people often want: all of them are never asked for."""
        return super().ranges()[1:]


class WhoForm(Form):
    who = StringField(
        _l("Customer"),
        description=_l("E-mail, phone in any format, or an ID."),
        validators=[InputRequired(NEEDED), Length(max=200)],
    )
