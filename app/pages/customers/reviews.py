"""What a second person sees of an erasure and of a forced change before they approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.pages.customers.erasing import KIND as ERASE
from app.pages.customers.erasing import whom
from app.pages.customers.forced import EMAIL, OWN_ID, PHONE
from app.pages.customers.forcing import CHANGES, loser_of
from app.pages.customers.forcing import KIND as FORCE
from app.store.customers import KnownCustomer
from app.web.context import desk
from app.web.customers.keys import identity_of
from app.web.customers.lookup import read_profile
from app.web.safeguards.second_person import Review, facts_of, reviews_act

if TYPE_CHECKING:
    from app.store.acts import Act

TOLD = ("email", "phone", "loyalty_id", "first_name", "last_name", "birthday")
NAMES = ("first_name", "last_name")


@reviews_act("profile.Purge", "customers.Erase", by=ERASE)
def review_erasure(act: Act) -> Review:
    """Whom REES46 and the desk forget; other contacts or another name of theirs make it something else."""
    customer = _customer(act)
    profile = read_profile(customer.identity)
    meant = whom(customer, profile)
    lines = [(_("Gone in REES46, for good"), _person(profile) or _("nobody"), "")]
    lines += [(_("Forgotten at this desk"), value, "") for _kind, value in meant.contacts]
    return Review(lines, facts_of(customer.identity, _told(profile), sorted(meant.contacts), sorted(meant.ids)))


@reviews_act(*CHANGES, by=FORCE)
def review_force(act: Act) -> Review:
    """Who gets the contact, and who loses it."""
    customer, (contact, _operation) = _customer(act), CHANGES[act.what]
    words = next(one for one in (EMAIL, PHONE, OWN_ID) if one.kind == contact)
    old, new = str(act.asked[f"old_{contact}"]), str(act.asked[f"new_{contact}"])
    profile, loser = read_profile(customer.identity), loser_of(customer, contact, new)
    lines = [(_("Customer"), identity_of(customer), _person(profile)), (str(words.title), old, new)]
    if loser:
        lines.append((str(words.left), _person(loser.profile), identity_of(loser.customer)))
    loses = (loser.customer.key, _told(loser.profile)) if loser else None
    return Review(lines, facts_of(customer.identity, _told(profile), old, new, loses))


def _customer(act: Act) -> KnownCustomer:
    with desk().reading() as db:
        return db.get_one(KnownCustomer, act.customer_id)


def _told(profile: Any) -> list[str]:
    return [str(getattr(profile, name, None) or "") for name in TOLD] if profile else []


def _person(profile: Any) -> str:
    return " ".join(str(part) for name in NAMES if (part := getattr(profile, name, None))) if profile else ""
