"""What the request log shows of each call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.store.exchanges import Exchange
from app.web.filters import number
from app.web.tables.columns import Address, Column, macro, mono, once_for, when_column

if TYPE_CHECKING:
    from collections.abc import Mapping


def columns(who: Mapping[int, str]) -> list[Column[Exchange]]:
    """Which call, how it was answered and how fast; `who` are the names of people."""
    call_at, status = Address("requests.show", "key"), macro("requests/_macros.html", "status")
    operation = once_for(lambda one: one.operation, lambda one: mono(one.operation))
    milliseconds = _("%(number)s ms", number="{}")
    return [
        Column(
            _l("Operation"),
            lambda one: call_at.link(one.key, operation(one)),
            at="name",
        ),
        Column(_l("Call"), lambda one: f"{one.method} {one.path}", at="note", kind="cut"),
        Column(_l("Answer"), once_for(lambda one: (one.status, one.outcome), status), at="figure"),
        Column(_l("Time"), lambda one: milliseconds.format(number(one.milliseconds, 0)), kind="number"),
        Column(_l("Who"), lambda one: who.get(one.person_id or 0, "–")),
        when_column(lambda one: one.at),
    ]
