"""Jobs keep to what REES46 takes in a minute: they wait for their turn, and say until when."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.config import Settings
from app.store.acts import Act
from app.store.base import now
from app.store.rates import Rate
from app.work.worker import Worker
from tests.adapters import Answering, over, trouble
from tests.pages.jobs.looking import PAGE, states, work_of, work_off


def rated(app, rates):
    app.extensions["settings"] = Settings(**app.extensions["settings"].model_dump() | {"rates": rates})


def test_a_job_waits_for_its_turn_and_says_when_it_goes_on(left, app, marketer, worker, desk):
    rated(app, "links.*=2")
    work_off(worker)
    work = work_of(desk)
    assert (work.state, work.tries, states(desk).count("made")) == ("waiting", 0, 100)
    assert timedelta() < work.due - now() <= timedelta(seconds=31)
    page = marketer.get(left.path)
    assert "It waits for the rate limit" in page.text
    assert "It goes on at" in page.text
    with time_machine.travel(now() + timedelta(seconds=40)):
        work_off(Worker(app))
    assert set(states(desk)) == {"made"}
    with desk.reading() as db:
        assert [act.outcome for act in db.scalars(select(Act).where(Act.what == "links.Create"))] == ["done"] * 2


def test_a_time_that_rees46_asks_for_holds_for_everybody_who_sends_the_same(app, marketer, desk):
    adapter = trouble(app, Answering(429, headers={"Retry-After": "40"}), method="POST")
    marketer.get("/links/shorten").press("Shorten the link", url=PAGE)
    over(app, adapter)
    assert len(adapter.calls) == 1
    with desk.reading() as db:
        assert db.scalars(select(Rate.name)).all() == ["links.Create"]
        acts = db.query(Act).count()
    page = marketer.get("/links/shorten").press("Shorten the link", url=f"{PAGE}/another")
    assert "The limit of calls a minute is reached" in page.text
    with desk.reading() as db:
        assert db.query(Act).count() == acts, "nothing was sent, and nothing begun"
    with time_machine.travel(now() + timedelta(seconds=45)):
        assert page.press("Continue").h1 == "1 short link"


@pytest.mark.parametrize(
    "rates", ["catalogue", "x=1", "links.Create=0", "links.Create=-1", "a b=1", "links.Create=1;x=2"]
)
def test_rates_that_are_none_are_refused_at_the_start(rates):
    with pytest.raises(ValueError, match="no list of rates"):
        Settings(rates=rates)


@pytest.mark.parametrize(
    ("rates", "meters"),
    [("", {}), (" links.Create = 5 ".replace(" ", ""), {"links.Create": 5}), ("*=9, a.*=1", {"*": 9, "a.*": 1})],
)
def test_rates_are_read(rates, meters):
    assert Settings(rates=rates).call_rates == meters
