"""What a list of jobs is narrowed by."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.web.forms.fields import choices
from app.web.forms.filters import DatedFilters

STATES = {
    "": _l("Any state"),
    "awaiting": _l("Waits for a second person"),
    "held": _l("Goes out soon"),
    "waiting": _l("Waiting"),
    "running": _l("Running"),
    "paused": _l("Paused"),
    "stopped": _l("Stopped, needs you"),
    "cancelled": _l("Cancelled"),
    "done": _l("Done"),
    "undone": _l("Taken back"),
}


class JobFilters(DatedFilters):
    """Whose jobs, and in which state."""

    whose = SelectField(_l("Whose jobs"), choices=choices({"": _l("Everybody's"), "mine": _l("Mine")}))
    state = SelectField(_l("State"), choices=choices(STATES))
