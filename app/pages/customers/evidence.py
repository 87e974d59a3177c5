"""What is known of a customer, for the file that is kept by whoever erases them or has to answer for what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import select

from app.pages.customers.erasing import whom
from app.rees46 import segments, subscriptions
from app.rees46.orders import ByUser
from app.store.acts import Act
from app.store.base import now
from app.store.communications import Communication
from app.web.acts.labels import act_label
from app.web.context import desk
from app.web.customer_page.asking import ask_all
from app.web.customers.contact_state import LOOKS_BACK, is_of
from app.web.customers.keys import normal
from app.web.customers.parse import Reading
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.operation import Operation
    from app.rees46.profile import Profile
    from app.store.customers import KnownCustomer

MOST = 1000  # acts and communications, the newest


def evidence_of(customer: KnownCustomer, profile: Profile | None) -> dict[str, Any]:
    """Gather what REES46 says and what this desk did; null is what REES46 did not tell."""
    contacts = [Reading(kind, normal(kind, value)) for kind in ("email", "phone") if (value := _has(profile, kind))]
    asked = _questions(customer, contacts)
    told = dict(zip(asked, ask_all(list(asked.values())), strict=True))
    changes = [one for contact in contacts for one in told.pop(f"changes {contact.kind}") or () if is_of(one, contact)]
    with desk().reading() as db:
        here = _of_desk(db, whom(customer, profile).ids)
    said = {"profile": profile, **told, "subscription_changes": changes}
    head = {"shop": shop().name, "read": now().isoformat(timespec="seconds")}
    return {**head, "rees46": {name: _plain(one) for name, one in said.items()}, "desk": here}


def _has(profile: Profile | None, kind: str) -> str | None:
    return getattr(profile, kind) if profile else None


def _questions(customer: KnownCustomer, contacts: list[Reading]) -> dict[str, Operation[Any]]:
    """Put what can be asked by the identifiers that are known."""
    since, who = (
        (now() - LOOKS_BACK).date(),
        customer.identity | {contact.kind: contact.value for contact in contacts[:1]},
    )
    ways: dict[str, tuple[Any, dict[str, Any]]] = {
        "orders": (ByUser, who),
        "segments": (segments.Get, who),
        "subscriptions": (subscriptions.Check, who),
    }
    for one in contacts:
        ways[f"changes {one.kind}"] = subscriptions.Changes, {**one.identity, "from": since, "limit": MOST}
    questions = {}
    for name, (kind, asked) in ways.items():
        try:
            questions[name] = kind.from_form(asked)
        except ValidationError:  # REES46 does not tell this by such an identifier
            continue
    return questions


def _of_desk(db: Session, whose: set[int]) -> dict[str, Any]:
    done = db.scalars(select(Act).where(Act.customer_id.in_(whose)).order_by(Act.id.desc()).limit(MOST))
    heard = select(Communication).where(Communication.customer_id.in_(whose)).order_by(Communication.id.desc())
    return {
        "acts": [_act(one) for one in done],
        "communications": [
            {"number": one.number, "date": one.date, **one.fields} for one in db.scalars(heard.limit(MOST))
        ],
    }


def _act(done: Act) -> dict[str, Any]:
    names = ("id", "at", "person", "what", "outcome", "reason", "asked", "before", "after")
    return {"in_words": str(act_label(done.what)), **{name: getattr(done, name) for name in names}}


def _plain(reply: Any) -> Any:
    if isinstance(reply, list):
        return [_plain(one) for one in reply]
    return reply.model_dump(mode="json") if isinstance(reply, BaseModel) else reply
