"""What the list of tries shows of each, and what it is narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.web.forms.fields import choices
from app.web.forms.filters import DatedFilters
from app.web.tables.columns import Address, Column, mono, when_column

if TYPE_CHECKING:
    from app.store.event_runs import EventRun

WHOSE = {"": _l("All tries"), "mine": _l("Mine")}


class RunFilters(DatedFilters):
    """The filters of the list."""

    whose = SelectField(_l("Tries"), choices=choices(WHOSE))


def columns() -> list[Column[EventRun]]:
    """Which events, for which device, on which stream with which letter."""
    run_at = Address("events.run", "key")
    return [
        Column(_l("Events"), lambda run: run_at.link(run.key, run.title), at="name", text=lambda run: run.title),
        Column(_l("Device"), lambda run: mono(run.did), at="note", kind="cut", text=lambda run: run.did),
        Column(_l("Stream"), lambda run: " · ".join(filter(None, (run.stream, run.letter))) or "–", at="figure"),
        Column(_l("By"), lambda run: run.person, kind="soft"),
        when_column(lambda run: run.at),
    ]
