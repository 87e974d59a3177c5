"""Giving a customer another e-mail, phone number or own ID by force."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.rees46.profile import ForceChangeEmail, ForceChangeId, ForceChangePhone
from app.web.cells.emails import read_email
from app.web.cells.phones import read_phone
from app.web.customers.keys import normal
from app.web.customers.lookup import find
from app.web.customers.parse import Reading
from app.web.forms.fields import OnceOperationForm, field

if TYPE_CHECKING:
    from wtforms import Field

    from app.rees46.operation import Operation
    from app.store.customers import KnownCustomer

Op = TypeVar("Op", bound="Operation[Any]")
WHO_ASKED = _l("Who asked for it, and how you know that it is them. Kept in the audit trail.")


class NewContactForm(OnceOperationForm[Op], Generic[Op]):
    """The new contact. `old` is what the customer has now, where REES46 tells it."""

    kind: ClassVar[str]
    old: str | None = None
    reason = TextAreaField(_l("Reason"), description=WHO_ASKED, validators=[Length(max=500)])

    def __init__(self, customer: KnownCustomer, old: str | None, **more: Any) -> None:
        super().__init__(**more)
        self.customer, self.old = customer, old

    def renew(self) -> None:
        """Let the person try again on purpose, after it went wrong."""
        self.once.data = secrets.token_urlsafe(12)

    @property
    def new_field(self) -> Field:
        found: Field = self[f"new_{self.kind}"]
        return found

    @property
    def new(self) -> str:
        return self.read(self.new_field.data)

    def given(self) -> dict[str, Any]:
        """The call, as it would be sent; its flag is earned by seeing whose the contact is."""
        old = self.old or (self[f"old_{self.kind}"].data if f"old_{self.kind}" in self else "")
        return {f"old_{self.kind}": old, f"new_{self.kind}": self.new, "i_understand_what_i_am_doing": "yes"}

    def read(self, typed: str | None) -> str:
        """Read what was typed as such a contact; what is none stays, and is refused by the operation."""
        return (typed or "").strip()

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse the contact that the customer has."""
        fits = super().validate(extra_validators)
        if fits and normal(self.kind, self.new) == normal(self.kind, self.given()[f"old_{self.kind}"]):
            self.new_field.errors = [_("This is what the customer has already.")]
            return False
        return fits


class NewEmailForm(NewContactForm[ForceChangeEmail]):
    makes, kind = ForceChangeEmail, "email"
    new_email = field(ForceChangeEmail, "new_email", _l("New e-mail"))

    def read(self, typed: str | None) -> str:
        return read_email(typed or "") or typed or ""


class NewPhoneForm(NewContactForm[ForceChangePhone]):
    makes, kind = ForceChangePhone, "phone"
    new_phone = field(ForceChangePhone, "new_phone", _l("New phone number"), description=_l("In any format."))

    def read(self, typed: str | None) -> str:
        return read_phone(typed or "") or typed or ""


class NewIdForm(NewContactForm[ForceChangeId]):
    """REES46 does not tell which own ID a customer has: it has to be known, and lead to them."""

    makes, kind = ForceChangeId, "external_id"
    old_external_id = field(ForceChangeId, "old_external_id", _l("Present own ID"), required=False)
    new_external_id = field(ForceChangeId, "new_external_id", _l("New own ID"))

    def validate_old_external_id(self, old: Field) -> None:
        if self.old:
            return
        owner = find(Reading("external_id", old.data.strip())) if (old.data or "").strip() else None
        if owner is None or owner.customer.id != self.customer.id:
            old.errors = [_("REES46 does not find this customer by that ID.")]


class LastStep(NewContactForm[Op], Generic[Op]):
    """The last step, where somebody loses it: `owner` says whom the person saw losing it."""

    owner = HiddenField()
    again = StringField(_l("The new one again"))
    reason = TextAreaField(
        _l("Reason"), description=WHO_ASKED, validators=[InputRequired(_l("Say why.")), Length(max=500)]
    )

    @property
    def is_done(self) -> bool:
        """Whether an earlier click has changed it already."""
        return bool(self.old) and normal(self.kind, self.new) == normal(self.kind, self.old or "")

    def validate_again(self, again: Field) -> None:
        """It has to be typed, not pressed."""
        if self.read(again.data) != self.new:
            again.errors = [_("This is not the new one. Nothing was sent.")]


class ForceEmailForm(LastStep[ForceChangeEmail], NewEmailForm):
    pass


class ForcePhoneForm(LastStep[ForceChangePhone], NewPhoneForm):
    pass


class ForceIdForm(LastStep[ForceChangeId], NewIdForm):
    pass
