"""What is done for the request log at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import exchanges
from app.work.schedules import sweeper

sweeper("requests.forget", "30 3 * * *", label=_l("Let go of the request log"), days=400)(exchanges.forget_old)
