"""What is changed by force: how each kind of contact is called, and which forms ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.pages.customers.forms.force import (
    ForceEmailForm,
    ForceIdForm,
    ForcePhoneForm,
    LastStep,
    NewContactForm,
    NewEmailForm,
    NewIdForm,
    NewPhoneForm,
)

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

    from app.rees46.profile import Profile
    from app.store.customers import KnownCustomer


@dataclass(frozen=True)
class Contact:
    """A kind of contact and its words."""

    kind: str
    endpoint: str
    first: type[NewContactForm[Any]]
    last: type[LastStep[Any]]
    title: LazyString
    change: LazyString
    force: LazyString
    gets: LazyString
    left: LazyString
    lacking: LazyString
    done: LazyString
    icon: str

    def of(self, profile: Profile, customer: KnownCustomer) -> str | None:
        """What the customer has now, as far as that is known."""
        if self.kind == customer.kind:
            return customer.value
        told: str | None = getattr(profile, self.kind, None)
        return told


EMAIL = Contact(
    kind="email",
    endpoint="customers.change_email",
    first=NewEmailForm,
    last=ForceEmailForm,
    title=_l("Change e-mail"),
    change=_l("Change the e-mail"),
    force=_l("Force this e-mail"),
    gets=_l("Gets the new e-mail"),
    left=_l("Is left without an e-mail."),
    lacking=_l("There is no e-mail to replace. Add one with Edit."),
    done=_l("The e-mail is changed. Read back and confirmed."),
    icon="at-sign",
)
PHONE = Contact(
    kind="phone",
    endpoint="customers.change_phone",
    first=NewPhoneForm,
    last=ForcePhoneForm,
    title=_l("Change phone"),
    change=_l("Change the phone number"),
    force=_l("Force this phone number"),
    gets=_l("Gets the new phone number"),
    left=_l("Is left without a phone number."),
    lacking=_l("There is no phone number to replace. Add one with Edit."),
    done=_l("The phone number is changed. Read back and confirmed."),
    icon="phone",
)
OWN_ID = Contact(
    kind="external_id",
    endpoint="customers.change_id",
    first=NewIdForm,
    last=ForceIdForm,
    title=_l("Change own ID"),
    change=_l("Change the own ID"),
    force=_l("Force this own ID"),
    gets=_l("Gets the new own ID"),
    left=_l("Is left without an own ID."),
    lacking=_l("There is no own ID to replace. Add one with Edit."),
    done=_l("The own ID is changed. Read back and confirmed."),
    icon="fingerprint-pattern",
)
