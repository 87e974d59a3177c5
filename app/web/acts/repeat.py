"""Sending a call of the request log again: with the role and by the rules of the page that owns its operation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from flask import flash
from flask_babel import gettext as _

from app.store import customers
from app.web.context import desk
from app.web.customers.keys import KINDS, normal
from app.web.page import ADMINS
from app.web.render import go
from app.web.shops import shop
from app.web.sign_in.access import may
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.rees46.operation import Operation
    from app.store.customers import KnownCustomer


@dataclass(frozen=True)
class Again:
    """Which click wants it, and why."""

    once: str
    reason: str


Send = Callable[[Any, Again], "ResponseReturnValue | None"]
S = TypeVar("S", bound=Send)


@dataclass(frozen=True)
class Owner:
    """Whoever may use the view `endpoint` may send it again; `send` does, or leads to where it is asked first."""

    endpoint: str
    send: Send


_owners: dict[str, Owner] = {}  # by the name of the operation


def repeats(*kinds: type[Operation[Any]], by: str) -> Callable[[S], S]:
    """Let a page send its operations again: `@repeats(segments.Add, by="segments.change")`. None: it was sent."""

    def keep(send: S) -> S:
        _owners.update({kind.name(): Owner(by, send) for kind in kinds})
        return send

    return keep


def owner_of(kind: type[Operation[Any]]) -> Owner | None:
    return _owners.get(kind.name())


def may_repeat(kind: type[Operation[Any]]) -> bool:
    """Whether this person may send it again: by the role of the page that owns it; what no page owns, an admin only."""
    if kind.http.only_reads:
        return may("requests.repeat")
    owner = owner_of(kind)
    return may(owner.endpoint) if owner else me().may(ADMINS)


def customer_of(op: Operation[Any]) -> KnownCustomer | None:
    """Find whom a call is about."""
    named = ((kind, getattr(op, kind, None)) for kind in KINDS)
    kind, value = next(((kind, value) for kind, value in named if isinstance(value, str) and value), ("", ""))
    if not kind:
        return None
    with desk().writing() as db:
        return customers.remember(db, shop().id, kind, normal(kind, value))


def lead(endpoint: str, otherwise: str, customer: KnownCustomer | None) -> ResponseReturnValue:
    """Lead to the page that asks before it sends such a call: about this customer, or from the beginning."""
    flash(_("Nothing was sent yet: this is sent from its own page, which asks first."), "info")
    return go(endpoint, key=customer.key) if customer else go(otherwise)
