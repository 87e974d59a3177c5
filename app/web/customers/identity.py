"""By which identifier a call can be about a customer: some calls take only e-mail, phone and device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.rees46.errors import Refused
from app.web.customers.keys import takes
from app.web.customers.lookup import read_profile

if TYPE_CHECKING:
    from app.rees46.identity import Identity
    from app.store.customers import KnownCustomer


def identity_for(op: type[Identity] | Any, customer: KnownCustomer) -> dict[str, str]:
    """Give an identifier that the call takes; the profile is read only when the one we know will not do."""
    if takes(op, customer):
        return customer.identity
    profile = read_profile(customer.identity)
    for kind in ("email", "phone"):
        if kind in op.identifiers and profile and (value := getattr(profile, kind)):
            return {kind: value}
    name = op.__name__ if not hasattr(op, "name") else op.name()
    if "phone" not in op.identifiers:
        raise Refused(_("This customer has no e-mail, and REES46 takes nothing else here."), operation=name)
    raise Refused(_("This customer has neither e-mail nor phone, and REES46 takes nothing else here."), operation=name)
