"""What the list of schedules shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from app.web.moments import clock, for_file
from app.web.tables.columns import Address, Column, macro, mono
from app.work.schedules import PLANNED

if TYPE_CHECKING:
    from app.store.schedules import Schedule

PARTS = "schedules/_parts.html"


def columns() -> list[Column[Schedule]]:
    """What is done, when, how it went last, and what can be done about it."""
    keep_at, tell, paused = Address("schedules.keep", "name"), clock().when, macro(PARTS, "paused")()
    how = macro(PARTS, "how_it_went")

    def kept(row: Schedule) -> object:
        days = row.days or PLANNED[row.name].days
        return keep_at.link(row.name, ngettext("%(num)s day", "%(num)s days", days)) if days else "–"

    def last(row: Schedule) -> Markup:
        return Markup("{} {}").format(how(row), tell(row.started))

    return [
        Column(_l("What"), lambda row: PLANNED[row.name].label, at="name", kind="cut"),
        Column(_l("Kept for"), kept),
        Column(_l("When (cron)"), lambda row: mono(PLANNED[row.name].cron)),
        Column(
            _l("Next"),
            lambda row: paused if row.paused else tell(row.due),
            at="note",
            kind="soft",
            text=lambda row: _("Paused") if row.paused else for_file(row.due),
        ),
        Column(_l("Last run"), last, at="when", kind="soft", text=lambda row: for_file(row.started)),
        Column(_l("Actions"), macro(PARTS, "acts"), at="figure", kind="actions", in_file=False),
    ]
