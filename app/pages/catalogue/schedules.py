"""What is done for the catalogue at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.pages.catalogue.box import read_notices
from app.store import box_notices, catalogue_imports
from app.work.daily.shops import for_each_shop
from app.work.schedules import schedule, sweeper

sweeper("catalogue.forget", "15 3 * * *", label=_l("Let go of what was found in catalogue imports"), days=30)(
    catalogue_imports.forget_old
)
sweeper("catalogue.forget_notices", "25 3 * * *", label=_l("Let go of notices of the box"), days=90)(
    box_notices.forget_old
)


@schedule("catalogue.notices", "* * * * *", label=_l("Read the notices of the box"))
def read() -> None:
    for_each_shop(read_notices)
