"""Changes of a profile that stand in the request log: they are looked at on their own pages before they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.customers import page
from app.rees46 import profile
from app.store import customers
from app.web.acts.repeat import Again, customer_of, lead, repeats
from app.web.context import desk
from app.web.customers.keys import normal
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@repeats(profile.Set, by=f"{page.name}.save")
def edit_again(op: profile.Set, _again: Again) -> ResponseReturnValue:
    return lead("customers.edit", "customers.index", customer_of(op))


@repeats(profile.ForceChangeEmail, by=f"{page.name}.change_email")
def change_email_again(op: profile.ForceChangeEmail, _again: Again) -> ResponseReturnValue:
    return _from_its_page("customers.change_email", "email", op.old_email)


@repeats(profile.ForceChangePhone, by=f"{page.name}.change_phone")
def change_phone_again(op: profile.ForceChangePhone, _again: Again) -> ResponseReturnValue:
    return _from_its_page("customers.change_phone", "phone", op.old_phone)


@repeats(profile.ForceChangeId, by=f"{page.name}.change_id")
def change_id_again(op: profile.ForceChangeId, _again: Again) -> ResponseReturnValue:
    return _from_its_page("customers.change_id", "external_id", op.old_external_id)


@repeats(profile.Purge, by=f"{page.name}.erase")
def erase_again(op: profile.Purge, _again: Again) -> ResponseReturnValue:
    return lead("customers.erase", "customers.index", customer_of(op))


def _from_its_page(endpoint: str, kind: str, old: str) -> ResponseReturnValue:
    with desk().writing() as db:
        customer = customers.remember(db, shop().id, kind, normal(kind, old))
    return lead(endpoint, "customers.index", customer)
