"""Giving a customer another e-mail address by force."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.rees46.profile import ForceChangeEmail
from app.web.cells.emails import read_email
from app.web.forms.fields import OnceOperationForm, field

if TYPE_CHECKING:
    from wtforms import Field


class NewAddressForm(OnceOperationForm[ForceChangeEmail]):
    """The new address; nothing is sent yet."""

    makes = ForceChangeEmail
    old = ""
    new_email = field(ForceChangeEmail, "new_email", _l("New e-mail"))

    def given(self) -> dict[str, Any]:
        """The call, as it would be sent; its flag is earned by typing the address again."""
        return {
            "old_email": self.old,
            "new_email": read_email(self.new_email.data or "") or self.new_email.data,
            "i_understand_what_i_am_doing": "yes",
        }

    def validate_new_email(self, new: Field) -> None:
        """Refuse the address that the customer has."""
        if read_email(new.data or "") == self.old.lower():
            new.errors = [*new.errors, _("This is the address that the customer has.")]


class ForceForm(NewAddressForm):
    """The last step: `owner` says whom the person saw losing the address."""

    owner = HiddenField()
    again = StringField(_l("New e-mail again"))
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Who asked for it, and how you know that it is them. Kept in the audit trail."),
        validators=[InputRequired(_l("Say why.")), Length(max=500)],
    )

    @property
    def is_done(self) -> bool:
        """Whether an earlier click has changed it already."""
        return read_email(self.new_email.data or "") == self.old.lower()

    def renew(self) -> None:
        """Let the person try again on purpose, after it went wrong."""
        self.once.data = secrets.token_urlsafe(12)

    def validate_again(self, again: Field) -> None:
        """The address has to be typed, not pressed."""
        if read_email(again.data or "") != read_email(self.new_email.data or ""):
            again.errors = [_("This is not the new address. Nothing was sent.")]
