"""The customers somebody opened last, on home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.pages.customers import page
from app.store import customer_traces, customers
from app.web.context import settings
from app.web.customers.traces import CONTACTS
from app.web.page import ADMIN, SUPPORT, VIEWERS
from app.web.panels.home_blocks import home_block
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@home_block(
    page,
    _l("Recent customers"),
    template="customers/_home.html",
    roles=SUPPORT | ADMIN | VIEWERS,
    place=10,
    column="side",
    more=("customers.bulk", _l("Look up many")),
)
def recent(db: Session) -> dict[str, Any]:
    """Name each with a contact of every kind, to tell namesakes apart."""
    rows = customers.recent(db, me().id, shop().id, limit=5)
    seen = customer_traces.seen_with_each(db, [row.id for row in rows], CONTACTS, settings().key)
    contacts = {
        row.id: dict(seen.get(row.id, [])) | ({row.kind: row.value} if row.kind in CONTACTS else {}) for row in rows
    }
    return {"rows": rows, "contacts": contacts}
