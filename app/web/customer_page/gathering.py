"""Putting together what all sources say of a customer. A source that fails is a line, and the page stands."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import select

from app.rees46.errors import Rees46Error
from app.store.acts import Act as DoneAct
from app.web.context import desk
from app.web.customer_page.contributions import Contribution
from app.web.customer_page.opening import CannotBeAsked, Late, NeedsProfile
from app.web.customer_page.sources import sources
from app.web.customers.traces import aliases_in
from app.web.error_words import in_words
from app.web.panels.offered import NotOffered, is_not_offered

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.web.customer_page.contributions import Act, Event
    from app.web.customer_page.opening import Opening
    from app.web.customer_page.sources import Source

MOST_ACTS = 300  # of the desk; the trail has the others


@dataclass
class Gathered(Contribution):
    """All contributions in one, and the sources whose answers are still to come."""

    late: list[str] = field(default_factory=list)

    def of(self, group: str) -> list[Act]:
        """The acts of one place in the header."""
        return [act for act in self.acts if act.group == group]

    def add(self, told: Contribution) -> None:
        for part in fields(told):
            getattr(self, part.name).extend(getattr(told, part.name))


def gather(opening: Opening) -> Gathered:
    """Let every source tell what it knows by the answers that are there."""
    gathered = Gathered()
    with desk().reading() as db:
        opening.aliases = aliases_in(db, opening.customer)
        query = select(DoneAct).where(DoneAct.customer_id.in_(opening.aliases))
        opening.acts = list(db.scalars(query.order_by(DoneAct.id.desc()).limit(MOST_ACTS)))
        for number, source in enumerate(sources()):
            _tell(gathered, opening, db, source, number)
    for listed in (gathered.facts, gathered.acts, gathered.sides):
        listed.sort(key=lambda one: one.place)
    gathered.events = _each_act_once(gathered.events)
    return gathered


def _tell(gathered: Gathered, opening: Opening, db: Session, source: Source, number: int) -> None:
    title = str(source.title)
    try:
        opening.told_by(number)
        gathered.add(source.tell(opening, db))
    except (Late, NeedsProfile):
        gathered.late.append(title)
    except CannotBeAsked:
        words = _("%(source)s: REES46 tells this only by e-mail, phone or device, and none is known.", source=title)
        gathered.limits.append(words)
    except (Rees46Error, NotOffered) as error:
        if isinstance(error, NotOffered) or is_not_offered(error):
            gathered.limits.append(_("%(source)s: REES46 does not offer this to the shop.", source=title))
        else:
            gathered.gaps.append(_("%(source)s: %(happened)s", source=title, happened=in_words(error)["happened"]))


def _each_act_once(events: list[Event]) -> list[Event]:
    """Leave out what the trail tells of an act of which its own page tells more."""
    told = {event.act_id for event in events if event.act_id and not event.gives_way}
    return [event for event in events if not (event.gives_way and event.act_id in told)]
