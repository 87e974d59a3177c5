"""How the act of a row ended, in lists of what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.tables.columns import Address, Column, macro, once_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.acts import Act


def outcome_column(act_of: Callable[[Any], Act]) -> Column[Any]:
    """The outcome, which leads to the act in the trail."""
    act_at, badge = Address("trail.show", "number"), macro("components/act.html", "outcome")
    words = once_for(lambda act: (act.outcome, act.verdict), badge)

    def link(row: Any) -> Markup:
        act = act_of(row)
        return act_at.link(act.id, words(act))

    return Column(_l("Outcome"), link, at="figure")
