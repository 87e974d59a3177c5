"""What the request log shows of each call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.store.exchanges import Exchange
from app.web.filters import number
from app.web.moments import moment, when
from app.web.tables.listing import Address, Column, macro, once_for

if TYPE_CHECKING:
    from collections.abc import Mapping


def columns(who: Mapping[int, str]) -> list[Column[Exchange]]:
    """Which call, how it was answered and how fast; `who` are the names of people."""
    call_at, status = Address("requests.show", "key"), macro("requests/_macros.html", "status")
    milliseconds = _("%(number)s ms", number="{}")
    return [
        Column(
            _l("Operation"),
            lambda one: call_at.link(one.key, Markup('<span class="mono">{}</span>').format(one.operation)),
            at="name",
        ),
        Column(_l("Call"), lambda one: f"{one.method} {one.path}", at="note", kind="cut"),
        Column(_l("Answer"), once_for(lambda one: (one.status, one.outcome), status), at="figure"),
        Column(_l("Time"), lambda one: milliseconds.format(number(one.milliseconds, 0)), kind="number"),
        Column(_l("Who"), lambda one: who.get(one.person_id or 0, "–")),
        Column(_l("When"), lambda one: when(one.at), at="when", kind="soft", text=lambda one: moment(one.at)),
    ]
