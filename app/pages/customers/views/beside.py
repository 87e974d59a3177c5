"""Two at one customer: who else has the page open, and what was done since it was opened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import request
from sqlalchemy import select

from app.pages.customers import page
from app.store import customers
from app.store.acts import Act
from app.store.base import now
from app.vault import digest
from app.web.context import desk, settings
from app.web.customers.keys import customer_or_404
from app.web.paging_args import whole_number
from app.web.render import render, wants_fragment
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

STILL_HERE = timedelta(seconds=40)  # an open page that is looked at says so every 15 s
MOST = 3  # acts that are told


@page.get("/<key>/beside")
def beside(key: str) -> ResponseReturnValue:
    """Say it to a page that is open and looked at; nothing when it shows that already."""
    customer, since = customer_or_404(key), whole_number(request.args.get("since")) or 0
    with desk().writing() as db:
        customers.look_on(db, me().id, customer.id)
        people = customers.looking(db, customer.id, now() - STILL_HERE, but=me().id)
        query = select(Act).where(Act.customer_id == customer.id, Act.id > since, Act.person_id != me().id)
        done = list(db.scalars(query.order_by(Act.id.desc()).limit(MOST)))
    told = _name_of(people, done)
    if wants_fragment() and request.args.get("shown", "") == told:
        return "", 204
    return render("customers/beside.html", customer=customer, people=people, done=done, told=told)


def _name_of(people: Sequence[str], done: Sequence[Act]) -> str:
    """Name what is shown, so that it is not said again; how long ago something was done changes by the minute."""
    said = [*people, *(f"{act.id} {(now() - act.at) // timedelta(minutes=1)}" for act in done)]
    return digest("\n".join(said), settings().key, "beside ")[:12] if said else ""
