"""Handing out one code: written down first, asked for once, never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rees46.errors import Rees46Error
from app.store import promo_handouts
from app.store.acts import AlreadyDone
from app.store.promo_handouts import PromoHandout
from app.web.context import desk
from app.web.errors import in_words
from app.web.login import me
from app.web.rees46 import About, act
from app.web.shops import shop

if TYPE_CHECKING:
    from app.pages.promo_codes.forms import Wish


def hand_out(wish: Wish) -> PromoHandout:
    """Give the entry of the ledger; that of the first click, if this is a second one."""
    begun = PromoHandout(
        shop_id=shop().id, list_id=wish.fetch.id, list_name=wish.list_name, reason=wish.reason, person=me().name,
        customer_id=wish.customer.id if wish.customer else None, once=wish.once,
    )  # fmt: skip
    with desk().writing() as db:
        mine = promo_handouts.begin(db, begun)
    if mine:
        _ask_for(wish, mine.id)
    with desk().reading() as db:
        found = promo_handouts.by_once(db, wish.once)
    if found is None:
        raise LookupError("the ledger has lost an entry")
    return found


def _ask_for(wish: Wish, handout_id: int) -> None:
    outcome: promo_handouts.Outcome = "done"
    code, message = None, ""
    try:
        code = act(wish.fetch, About(customer=wish.customer, reason=wish.reason, once=wish.once)).code
    except AlreadyDone:
        outcome = "unknown"
    except Rees46Error as error:
        outcome, message = ("refused" if error.changed == "no" else "unknown"), in_words(error)["happened"]
    with desk().writing() as db:
        promo_handouts.end(db, handout_id, outcome, code=code, message=message)
