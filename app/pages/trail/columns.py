"""What the list of the trail shows of each act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.store.acts import Act
from app.web.acts.columns import outcome_column
from app.web.acts.labels import act_label
from app.web.customers.columns import customer_column, customer_picks
from app.web.tables.columns import Address, Column, macro, once_for, when_column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.store.customers import KnownCustomer


def columns(
    people: Mapping[int, KnownCustomer], works: Mapping[int, Any], names: Mapping[int, str]
) -> list[Column[Act]]:
    """Who did what to whom, and how it ended; `works` are the jobs whose one act stands for their parts."""
    act_at = Address("trail.show", "number")
    badge, figures = macro("components/act.html", "outcome"), macro("components/job.html", "job_figures")
    label = once_for(lambda act: act.what, lambda act: act_label(act.what))

    def whose(act: Act) -> KnownCustomer | None:
        return people.get(act.customer_id or 0)

    def in_words(act: Act) -> object:
        work = works.get(act.id)
        words = act.message or act.reason or ""
        return Markup("{} {}").format(figures(work), words) if work else words or "–"

    return [
        *customer_picks(whose),
        Column(_l("Act"), lambda act: act_at.link(act.id, label(act)), at="name", text=label),
        customer_column(whose),
        Column(_l("Who"), lambda act: act.person or "–"),
        Column(_l("Outcome"), once_for(lambda act: (act.outcome, act.verdict), badge), at="figure"),
        Column(_l("In words"), in_words, kind="cut"),
        Column(_l("Shop"), lambda act: names.get(act.shop_id or 0, "–"), kind="soft"),
        when_column(lambda act: act.at),
    ]


def part_columns() -> list[Column[Act]]:
    """What an act of long work shows of each of its parts."""
    act_at, label = Address("trail.show", "number"), once_for(lambda act: act.what, lambda act: act_label(act.what))

    def name(act: Act) -> Markup:
        return Markup("{} {}").format(act_at.link(act.id, label(act)), act.asked.get("rows", ""))

    return [
        when_column(lambda act: act.at),
        Column(_l("Act"), name, at="name"),
        outcome_column(lambda act: act),
        Column(_l("Answer"), lambda act: act.message or "–", at="note", kind="cut"),
    ]
