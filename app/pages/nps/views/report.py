"""The report: the score, by channel and category, over the days, and the detractors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import lazy_gettext as _l

from app.pages.nps import page
from app.pages.nps.days import days
from app.pages.nps.forms import SHOWN, STATES, PeriodForm
from app.pages.nps.scores import FEWEST, PASSIVE, pivot_of, score_of
from app.rees46 import nps
from app.store import customers, followups
from app.vault import digests
from app.web.context import desk, settings
from app.web.customers.keys import normal
from app.web.customers.masking import contact_for_me
from app.web.panels.offered import ask_if_offered
from app.web.panels.standing import read_or
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.daily.shops import today

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.rees46.nps import Review
    from app.store.customers import KnownCustomer
    from app.store.followups import FollowUp

MOST_SHOWN = 50  # detractors
FOLLOWED = {"open": _l("It waits again."), "taken": _l("It is yours."), "answered": _l("Noted as dealt with.")}


@dataclass(frozen=True)
class Detractor:
    """A bad review, who looks after it, and who gave it, where REES46 tells."""

    review: Review
    thing: str
    decided: FollowUp | None
    contact: str | None = None
    customer: KnownCustomer | None = None

    @property
    def state(self) -> str:
        return self.decided.state if self.decided else "open"


@page.get("/")
def index() -> ResponseReturnValue:
    """Report some days, and put the days before beside them."""
    return _report(PeriodForm())


def _report(form: PeriodForm) -> ResponseReturnValue:
    length = int(form.period.data) if form.validate() else 30
    first = today() - timedelta(days=length - 1)
    reviews, error = read_or(lambda: _read(first, today()), [])
    before, _untold = read_or(lambda: _read(first - timedelta(days=length), first - timedelta(days=1)), [])
    names, _unnamed = read_or(_names, ({}, {}))
    shown = form.shown.data if form.shown.data in SHOWN else "open"
    waiting = _detractors(reviews)
    return render(
        "nps/index.html",
        error.status if error else 200,
        form=form,
        first=first,
        last=today(),
        score=score_of(reviews),
        before=score_of(before),
        is_cut=len(reviews) >= nps.MOST,
        pivot=pivot_of(reviews),
        channels=names[0],
        categories=names[1],
        days=days(),
        detractors=_with_people([one for one in waiting if _is_shown(one, shown)][:MOST_SHOWN]),
        total=sum(_is_shown(one, shown) for one in waiting),
        shown=shown,
        states=STATES,
        fewest=FEWEST,
        error=error,
        filtered="period" in request.args,
    )


def _read(first: date, last: date) -> list[Review]:
    return ask_if_offered(nps.Reviews(date_from=first, date_to=last))


def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Give the names of channels and categories by their codes."""
    channels = {one.code: one.name or one.code for one in ask_if_offered(nps.Channels())}
    return channels, {one.code: one.name or one.code for one in ask_if_offered(nps.Categories())}


def _detractors(reviews: list[Review]) -> list[Detractor]:
    bad = [(_names_of(review), review) for review in reviews if review.rate is not None and review.rate < PASSIVE]
    with desk().reading() as db:
        decided = followups.of(db, shop().id, followups.REVIEW, [name for names, _review in bad for name in names])
    things = {next((name for name in names if name in decided), names[0]): review for names, review in bad}
    return [Detractor(review, thing, decided.get(thing)) for thing, review in things.items()]


def _names_of(review: Review) -> list[str]:
    """Name a review: by its number, or where REES46 gives none by all that it tells, under each secret key."""
    if review.id is not None:
        return [str(review.id)]
    return [name[:32] for name in digests(review.model_dump_json(), settings().key, "review")]


def _is_shown(one: Detractor, shown: str) -> bool:
    if shown == "mine":
        return one.state == "taken" and one.decided is not None and one.decided.owner == me().name
    return (one.state == "answered") is (shown == "answered")


def _with_people(rows: list[Detractor]) -> list[Detractor]:
    """Find the customers of those whose contact is told."""
    contacts = {row.thing: row.review.email or row.review.phone for row in rows}
    names = {
        thing: (kind, normal(kind, contact))
        for thing, contact in contacts.items()
        if contact
        for kind in ["email" if "@" in contact else "phone"]
    }
    if not names:
        return rows
    with desk().writing() as db:
        keys = customers.remember_all(db, shop().id, dict.fromkeys(names.values(), ""))
    return [
        Detractor(row.review, row.thing, row.decided, contact_for_me(contact or ""), keys.get(names[row.thing]))
        if (contact := contacts[row.thing])
        else row
        for row in rows
    ]


@page.post("/follow-up")
def follow_up() -> ResponseReturnValue:
    """Take a review, say that it was answered, or let it wait again."""
    thing, state = request.form.get("thing", "")[:255], request.form.get("state", "")
    if not thing or "\0" in thing or state not in STATES:
        abort(404)
    owner = "" if state == "open" else me().name
    about = About(
        after={"review": thing, "state": state},
        begun=lambda db, _row: followups.decide(
            db, shop().id, followups.REVIEW, thing, state=state, owner=owner, note=""
        ),
    )
    with noted("nps.FollowUp", about):
        flash(str(FOLLOWED[state]), "success")
    return go(".index")
