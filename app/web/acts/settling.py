"""Settling: a person says what became of an act of which nobody knew. One way for all pages, and an act of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort
from flask_babel import gettext as _
from sqlalchemy import select

from app.store import acts
from app.store.acts import Act
from app.store.exchanges import Exchange
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.rees46 import About, new_act

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session


def act_or_404(number: int) -> Act:
    """Find an act of the shop in use, or one that concerns no shop; one of another shop is refused."""
    return load_or_404(Act, number=number)


def settle_act(act: Act, verdict: acts.Verdict, note: str, *, keep: Callable[[Session], object] | None = None) -> None:
    """Settle an act as done or failed; `keep` writes what a ledger learned by it, in the same transaction."""
    by = new_act("trail.Settle", None, About(), {"act": act.id})
    by.shop_id, by.customer_id = act.shop_id, act.customer_id
    with desk().writing() as db:
        is_settled = acts.settle(db, act, verdict, note, by)
        if is_settled and keep:
            keep(db)
    if not is_settled:
        abort(409, _("There is nothing to settle: the outcome is known, or REES46 may still answer."))


def calls_of(act: Act | None) -> list[Exchange]:
    """List the calls that an act made, as the request log has them."""
    if act is None:
        return []
    with desk().reading() as db:
        return list(db.scalars(select(Exchange).where(Exchange.act_id == act.id).order_by(Exchange.id)))
