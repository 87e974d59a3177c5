"""What the lists of jobs show of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.filters import number
from app.web.sign_in.login import me
from app.web.tables.columns import Column, macro, when_column
from app.work.batches import trouble_of, undo_seconds_left
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


def outbox_columns() -> list[Column[Work]]:
    """What waits to go out, and the button that takes it back."""
    state, undo = macro("components/job.html", "job_state"), macro("components/undo.html", "undo_button")

    def act(work: Work) -> object:
        return undo(work.key, undo_seconds_left(work)) if me().may(KINDS[work.kind].needs) else ""

    return [
        Column(_l("What"), name, at="name", kind="cut"),
        Column(_l("State"), state),
        Column(_l("By"), lambda work: work.person, at="note"),
        Column(_l("How much"), lambda work: number(work.total), kind="number"),
        when_column(lambda work: work.due if work.state == "held" else None, _l("Goes out")),
        Column(_l("Undo"), act, at="figure", kind="actions", in_file=False),
    ]


def name(work: Work) -> Markup:
    """What a job does, which leads to its page."""
    kind = KINDS[work.kind]
    place: dict[str, Any] = {**place_of(work)}
    words = f"{kind.label}: {work.title}" if work.title else kind.label
    return Markup('<a href="{}">{}</a>').format(url_for(kind.page, **place), words)
