"""Asking first when a colleague did the same to the same customer a moment ago."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import select

from app.store.acts import NOTHING_HAPPENED, Act
from app.store.base import now
from app.web.acts.labels import act_label
from app.web.context import desk
from app.web.moments import ago
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from wtforms import BooleanField

    from app.store.customers import KnownCustomer

WITHIN = timedelta(minutes=10)


def asks_first(tick: BooleanField, customer: KnownCustomer | None, what: str) -> bool:
    """Whether the box has to be ticked first, since a colleague did the same; it then says who, and when."""
    done = None if customer is None or tick.data else _like_act(customer, what)
    if done is None:
        return False
    told = {"person": done.person, "ago": ago(done.at), "what": act_label(done.what)}
    tick.errors = [_("%(person)s, %(ago)s: %(what)s. Tick this to do it once more.", **told)]
    return True


def _like_act(customer: KnownCustomer, what: str) -> Act | None:
    query = select(Act).where(Act.customer_id == customer.id, Act.what == what, Act.at > now() - WITHIN)
    query = query.where(Act.written.not_in(NOTHING_HAPPENED), Act.verdict.is_distinct_from("failed"))
    query = query.where(Act.person_id != me().id)
    with desk().reading() as db:
        return db.scalar(query.order_by(Act.id.desc()).limit(1))
