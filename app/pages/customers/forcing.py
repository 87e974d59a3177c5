"""Changing a contact by force after a second person approved it, and letting the keys in URLs follow the people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.rees46.profile import ForceChangeEmail, ForceChangeId, ForceChangePhone
from app.store import customers
from app.store.customers import KnownCustomer
from app.web.context import desk
from app.web.customers.keys import KINDS, normal
from app.web.customers.lookup import Person, find
from app.web.customers.parse import Reading
from app.web.page import SUPPORT
from app.web.rees46 import About, act
from app.work.batches import batch_of
from app.work.held_acts import let_out
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from app.rees46.operation import Operation
    from app.store.acts import Act
    from app.store.works import Work

KIND = "customers.force"
CHANGES: dict[str, tuple[str, type[Operation[Any]]]] = {
    ForceChangeEmail.name(): ("email", ForceChangeEmail),
    ForceChangePhone.name(): ("phone", ForceChangePhone),
    ForceChangeId.name(): ("external_id", ForceChangeId),
}


@kind(
    KIND,
    label=_l("Force a contact"),
    page="customers.show",
    needs=SUPPORT,
    is_repeatable=False,
    is_single=True,
)
def force_approved(work: Work) -> Progress:
    """Change the contact that was approved; who loses it is still who was shown, else it is not let out."""
    with desk().reading() as db:
        customer = batch_of(db, KnownCustomer, work)

    def send(row: Act) -> None:
        contact, operation = CHANGES[row.what]
        new = str(row.asked[f"new_{contact}"])
        loser = loser_of(customer, contact, new)
        act(operation.from_form(row.asked), About(customer, held=row.id, after={contact: new}))
        move_keys(customer, contact, new, loser)

    return let_out(work, send)


def loser_of(customer: KnownCustomer, contact: str, new: str) -> Person | None:
    """Who has the new contact now; one of the customer's own is lost to nobody."""
    owner = find(Reading(contact, new))
    return owner if owner and owner.customer.id != customer.id else None


def move_keys(customer: KnownCustomer, contact: str, new: str, loser: Person | None) -> None:
    """Let the keys in URLs follow the people: the loser's stands for what they still go by."""
    with desk().writing() as db:
        if loser and loser.customer.kind == contact:
            left = {other: key for other in KINDS if other != contact and (key := getattr(loser.profile, other, None))}
            lost = ("did", f"lost-{loser.customer.key}")
            other, value = next(((other, normal(other, key)) for other, key in left.items()), lost)
            if customers.move(db, loser.customer, other, value).id != loser.customer.id:
                customers.move(db, loser.customer, *lost)
        if customer.kind == contact:
            customers.move(db, customer, contact, normal(contact, new))
