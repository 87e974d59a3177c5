"""What is done for orders and imports of records at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import orders_seen, record_imports
from app.work.schedules import sweeper

sweeper("orders.forget_imports", "45 3 * * *", label=_l("Let go of imports of orders and bonuses"), days=60)(
    record_imports.forget_old
)
sweeper("orders.forget", "55 3 * * *", label=_l("Let go of orders that were met"), days=400)(orders_seen.forget_old)
