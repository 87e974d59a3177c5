"""Handing out one code: written down first, asked for once, never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rees46.errors import Rees46Error
from app.store import acts, promo_handouts
from app.store.acts import AlreadyDone
from app.store.promo_handouts import PromoHandout
from app.web.context import desk
from app.web.rees46 import About, act
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.pages.promo_codes.forms import Wish
    from app.store.acts import Act
    from app.web.rees46 import Ended


def hand_out(wish: Wish) -> PromoHandout | None:
    """Give the entry of the ledger; that of the first click, if this is a second one. Raises when no code was taken."""
    try:
        ask_for_code(wish)
    except AlreadyDone:
        pass
    except Rees46Error as error:
        if error.changed == "no":
            raise
    return of_click(wish.once)


def of_click(once: str) -> PromoHandout | None:
    """Find what a click handed out, or may have."""
    with desk().reading() as db:
        known = acts.by_click(db, once)
        return promo_handouts.of_act(db, known.id) if known else None


def ask_for_code(wish: Wish) -> None:
    """Ask for the code; the ledger has the entry before it is asked, and the code with the outcome."""
    handout = PromoHandout(
        shop_id=shop().id,
        list_id=wish.fetch.id,
        list_name=wish.list_name,
        reason=wish.reason,
        person=me().name,
        customer_id=wish.customer.id if wish.customer else None,
    )

    def begun(db: Session, row: Act) -> None:
        handout.act_id = row.id
        db.add(handout)

    act(wish.fetch, About(wish.customer, reason=wish.reason, once=wish.once, begun=begun, ended=_keep_code))


def _keep_code(db: Session, ended: Ended) -> None:
    if ended.reply is not None:
        promo_handouts.keep_code(db, ended.act.id, ended.reply.code)
