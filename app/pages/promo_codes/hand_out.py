"""Handing out one code: written down first, asked for once, never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rees46.errors import Rees46Error
from app.store import promo_handouts
from app.store.acts import AlreadyDone
from app.store.promo_handouts import PromoHandout
from app.web.context import desk
from app.web.login import me
from app.web.rees46 import About, act
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.pages.promo_codes.forms import Wish
    from app.store.acts import Act
    from app.web.rees46 import Ended


def hand_out(wish: Wish) -> PromoHandout | None:
    """Give the entry of the ledger; that of the first click, if this is a second one. Raises when no code was taken."""
    handout = PromoHandout(
        shop_id=shop().id, list_id=wish.fetch.id, list_name=wish.list_name, reason=wish.reason, person=me().name,
        customer_id=wish.customer.id if wish.customer else None,
    )  # fmt: skip

    def begun(db: Session, row: Act) -> None:
        handout.act_id = row.id
        db.add(handout)

    about = About(customer=wish.customer, reason=wish.reason, once=wish.once, begun=begun, ended=_keep_code)
    act_id = None
    try:
        act(wish.fetch, about)
    except AlreadyDone as done:
        act_id = done.act.id
    except Rees46Error as error:
        if error.changed == "no":
            raise
    with desk().reading() as db:
        return promo_handouts.of_act(db, act_id or handout.act_id)


def _keep_code(db: Session, ended: Ended) -> None:
    if ended.reply is not None:
        promo_handouts.keep_code(db, ended.act.id, ended.reply.code)
