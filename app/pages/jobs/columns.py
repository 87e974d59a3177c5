"""What the lists of jobs show of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.tables.columns import Column, macro, when_column
from app.work.batches import trouble_of
from app.work.kinds import KINDS, place_of

if TYPE_CHECKING:
    from app.store.works import Work


def columns() -> list[Column[Work]]:
    """What it does, how far it is, and what stands in its way."""
    state, figures = macro("components/job.html", "job_state"), macro("components/job.html", "job_figures")
    return [
        Column(_l("Job"), name, at="name", kind="cut"),
        Column(_l("State"), state, at="figure"),
        Column(_l("Done"), figures, at="note", kind="number"),
        Column(_l("How it went"), lambda work: trouble_of(work) or "–", kind="cut"),
        Column(_l("By"), lambda work: work.person),
        when_column(lambda work: work.at, _l("Started")),
    ]


def name(work: Work) -> Markup:
    """What a job does, which leads to its page."""
    kind = KINDS[work.kind]
    place: dict[str, Any] = {**place_of(work)}
    words = f"{kind.label}: {work.title}" if work.title else kind.label
    return Markup('<a href="{}">{}</a>').format(url_for(kind.page, **place), words)
