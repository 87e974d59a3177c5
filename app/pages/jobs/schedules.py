"""What is done at set times for files that jobs were made of, and for what people want to be told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import brought_files, notices
from app.work.notices.delivering import deliver
from app.work.notices.watching import watch
from app.work.schedules import schedule, sweeper

sweeper("files.forget", "20 * * * *", label=_l("Let go of files that people brought"), days=7, most=30)(
    brought_files.forget_old
)
sweeper("notices.forget", "45 3 * * *", label=_l("Let go of notices that were sent"), days=30)(notices.forget_old)


@schedule("notices.watch", "* * * * *", label=_l("Tell people what they want to be told"))
def tell_people() -> None:
    watch()
    deliver()
