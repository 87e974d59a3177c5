"""What this person did last, on home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.pages.trail import page
from app.store import acts, customers
from app.store.acts import Act
from app.store.paging import newest
from app.web.page import ADMIN, STAFF
from app.web.panels.home_blocks import home_block
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@home_block(
    page,
    _l("My last acts"),
    template="trail/_home.html",
    roles=STAFF | ADMIN,
    place=30,
    column="side",
    more=("trail.index", _l("Audit trail")),
)
def mine(db: Session) -> dict[str, Any]:
    wanted = acts.wanted(shop_ids=(shop().id,), person_id=me().id)
    rows = newest(db, wanted, Act.id, limit=5).rows
    return {"rows": rows, "people": customers.by_ids(db, {act.customer_id for act in rows if act.customer_id})}
