"""A customer in a URL: the opaque key stands for an identifier, which never stands there itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, make_response, request
from flask_babel import gettext as _

from app.store import customers
from app.store.customers import KnownCustomer
from app.store.erasing import ERASED
from app.web.context import desk
from app.web.filters import phone
from app.web.loaders import load_or_404
from app.web.render import go
from app.web.shops import shop

if TYPE_CHECKING:
    from flask import Flask

    from app.rees46.crm import Found
    from app.rees46.identity import Identity
    from app.rees46.profile import Profile

ONLY_PAGE = "customers.show"
KINDS = ("email", "phone", "external_id", "loyalty_id", "telegram_id", "did")


def init_app(app: Flask) -> None:
    app.add_template_filter(identity_of)


def customer_or_404(key: str) -> KnownCustomer:
    """Find whom a key stands for; a key of another shop leads to a page that says so.

    Of somebody who was erased there is one page only, which says that.
    """
    customer = load_or_404(KnownCustomer, key=key)
    if customer.kind == ERASED and request.endpoint != ONLY_PAGE:
        abort(make_response(go(ONLY_PAGE, key=key)))
    return customer


def identity_of(customer: KnownCustomer) -> str:
    """The identifier as people read it: an address, a phone number with its gaps, an ID."""
    if customer.kind == ERASED:
        return _("Erased customer %(key)s", key=customer.key)
    return phone(customer.value) if customer.kind == "phone" else customer.value


def takes(op: type[Identity] | Any, customer: KnownCustomer) -> bool:
    """Whether a call can be about this customer: some take only e-mail, phone and device."""
    return customer.kind in op.identifiers


def known(profile: Profile | Found, **also: str) -> KnownCustomer:
    """Give the key of a customer that was just read: the same one, whichever identifier they were found by."""
    kind, value = telling(profile, **also)
    with desk().writing() as db:
        return customers.remember(db, shop().id, kind, value, name_of(profile))


def telling(profile: Profile | Found, **also: str) -> tuple[str, str]:
    """Name the most telling identifier of a customer; `also` is one that is known besides the profile's own."""
    said = also | {kind: value for kind in KINDS if (value := getattr(profile, kind, None))}
    kind = next(kind for kind in KINDS if said.get(kind))
    return kind, normal(kind, said[kind])


def normal(kind: str, value: str) -> str:
    """One spelling of an identifier: addresses in lower case, phone numbers with a plus."""
    if kind == "email":
        return value.lower()
    return f"+{value.lstrip('+')}" if kind == "phone" else value


def name_of(profile: Profile | Found) -> str:
    """First and last name, as far as they are known."""
    return " ".join(part for part in (profile.first_name, profile.last_name) if part)
