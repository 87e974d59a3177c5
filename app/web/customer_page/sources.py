"""Who contributes to the page of a customer: each page registers its sources beside its views, in `customer.py`.

@contributes(page, asks=lambda who: [segments.Get(**who.identity_for(segments.Get))])
def joined(who: Opening, db: Session) -> Contribution:
return Contribution(sides=[Side(…, context={"joined": who.reply(segments.Get)})])
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from app.web.customer_page.contributions import Contribution
from app.web.customer_page.opening import Opening
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask_babel.speaklater import LazyString
    from sqlalchemy.orm import Session

    from app.rees46.operation import Operation
    from app.web.page import Page

Asks = Callable[["Opening"], "Sequence[Operation[Any]]"]
Tell = Callable[["Opening", "Session"], Contribution]
T = TypeVar("T", bound=Tell)


@dataclass(frozen=True)
class Source:
    """What one page knows: what it asks of REES46, and what it makes of the answers and of the desk's tables."""

    page: Page
    title: LazyString
    asks: Asks
    tell: Tell
    is_first: bool  # asked at once, beside the profile; the others when the profile is there


_sources: list[Source] = []


def contributes(
    page: Page, *, title: LazyString | None = None, asks: Asks | None = None, is_first: bool = False
) -> Callable[[T], T]:
    """Register a source of a page. Its questions are asked beside those of all others, each within the time limit."""

    def keep(tell: T) -> T:
        _sources.append(Source(page, title or page.title, asks or (lambda _who: ()), tell, is_first))
        return tell

    return keep


def sources() -> list[Source]:
    """The sources that this person may see."""
    person = me()
    return [source for source in _sources if person.may(source.page.sees)]
