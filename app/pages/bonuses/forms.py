"""What is asked before bonuses are given or taken back."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FloatField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.rees46.loyalty_bonuses import Cancel, Reward
from app.rees46.loyalty_certificates import Create
from app.web.forms.fields import OnceForm, OnceOperationForm, field


def reason(form: str) -> StringField:
    """Two forms stand on one page, so each field has an ID of its own."""
    return StringField(
        _l("Reason"),
        id=f"{form}-why",
        description=_l("It stands in the audit trail. No contacts of customers."),
        validators=[InputRequired(_l("This is needed.")), Length(max=200)],
        render_kw={"maxlength": 200},
    )


class RewardForm(OnceOperationForm[Reward]):
    """Gives bonuses for an event; each event gives to a member once."""

    makes = Reward
    identifier: str

    event = field(
        Reward, "event", _l("Event"), description=_l("Its code: Latin letters, digits, _. Each event gives once.")
    )
    amount = field(Reward, "amount", _l("Bonuses"), IntegerField)
    expire_in = field(Reward, "expire_in", _l("They end on"), DateField, description=_l("Empty: as the rules say."))
    why = reason("reward")
    again = BooleanField(_l("Do it all the same"))

    def given(self) -> dict[str, Any]:
        return {"identifier": self.identifier, **super().given()}


class CancelForm(OnceOperationForm[Cancel]):
    """Takes back what was given for an event."""

    makes = Cancel
    identifier: str

    transaction_id = field(Cancel, "transaction_id", _l("Number"), IntegerField)
    why = reason("cancel")

    def given(self) -> dict[str, Any]:
        number = self.transaction_id.data
        return {"identifier": self.identifier, "transaction_id": number, "id": number}


class CreateForm(OnceOperationForm[Create]):
    """Makes a certificate for a customer."""

    makes = Create
    identifier: str

    code = field(
        Create, "code", _l("Pool"), id="certificate-code", description=_l("The code of the pool it comes from.")
    )
    nominal = field(
        Create,
        "nominal",
        _l("Face value"),
        FloatField,
        description=_l("Where the pool lets one choose. Empty: as it says."),
    )
    at_once = BooleanField(_l("Activate it at once"), default=True)
    why = reason("certificate")
    again = BooleanField(_l("Do it all the same"), id="certificate-again")

    def given(self) -> dict[str, Any]:
        return {"identifier": self.identifier, **super().given()}


class CertificateForm(OnceForm):
    """Says what is done to a certificate, and why."""

    verb = RadioField(_l("What is done"), validators=[InputRequired(_l("This is needed."))])
    sure = BooleanField(_l("It ends for ever, with all that is left on it"))
    why = reason("certificate")

    def validate_sure(self, sure: BooleanField) -> None:
        if self.verb.data == "deactivate" and not sure.data:
            raise ValidationError(_("Tick this: nobody can activate it again."))
