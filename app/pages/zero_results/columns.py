"""What the list of searches without results shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.pages.zero_results.queries import STATES, TRENDS
from app.web.filters import number
from app.web.moments import short_day
from app.web.sign_in.access import may
from app.web.tables.columns import Address, Column, macro, once_for

if TYPE_CHECKING:
    from datetime import date

    from app.pages.zero_results.queries import Query


def columns(day: date | None) -> list[Column[Query]]:
    """What was searched for, how often, how it moves since a day, and who looks after it."""
    query_at, parts = Address("zero_results.query", "word"), "zero_results/_parts.html"
    trend_badge, state_badge, acts = macro(parts, "trend_badge"), macro(parts, "state_badge"), macro(parts, "acts")
    trend = once_for(lambda query: query.trend, lambda query: trend_badge(query, TRENDS))
    may_keep = may("benches.keep_missed")

    def name(query: Query) -> Markup:
        return Markup("{} {}").format(query_at.link(query.word, query.words), trend(query))

    return [
        Column(_l("Searched for"), name, at="name", text=lambda query: query.words),
        Column(_l("Times"), lambda query: number(query.number), at="figure", kind="number"),
        Column(_("Since %(day)s", day=short_day(day)) if day else _l("Growth"), growth, at="when", kind="number"),
        Column(_l("State"), once_for(lambda query: query.state, lambda query: state_badge(query, STATES)), at="note"),
        Column(_l("Owner and note"), _owner, kind="cut"),
        Column(_l("Actions"), lambda query: acts(query, may_keep), kind="actions", in_file=False),
    ]


def growth(query: Query) -> str:
    if query.before is None:
        return "–"
    more = query.number - query.before
    return f"{'+' if more > 0 else ''}{number(more)}"


def _owner(query: Query) -> str:
    return " ".join(filter(None, (query.decided.owner, query.decided.note))) if query.decided else ""
