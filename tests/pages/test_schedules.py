"""Schedules: what is due is done once, by itself; administrators see how it went, run it now and pause it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.store import schedules
from app.store.base import now
from app.store.promo_stock import since
from app.store.schedules import Schedule
from app.work.schedules import PLANNED, Clock
from tests.adapters import Answering, over, trouble

STOCK = "promo_codes.stock"


@pytest.fixture
def clock(app):
    clock = Clock(app)
    clock.step()
    return clock


def its(desk, name=STOCK):
    with desk.reading() as db:
        return db.get_one(Schedule, name)


def test_nothing_runs_before_it_is_due(clock, desk):
    assert its(desk).due > now()
    assert its(desk).started is None
    assert not clock.step()


def test_what_is_due_runs_once_and_is_due_again(clock, app, admin, desk):
    admin.get("/schedules/").press("Run now", within=row_of(STOCK))
    assert clock.step()
    assert not Clock(app).step()
    assert (its(desk).trouble, its(desk).is_running) == (None, False)
    assert its(desk).due > now()
    with desk.reading() as db:
        assert since(db, 1, datetime.now(UTC).date() - timedelta(days=1))["3184"]


def row_of(name):
    """The row of a schedule, by the address of its button."""
    return f"tr:has(form[action$='/{name}/run'])"


def test_times_are_those_of_the_installations_zone(clock, monkeypatch):
    clock.zone = ZoneInfo("Asia/Tokyo")
    due = clock.following(STOCK).replace(tzinfo=UTC).astimezone(clock.zone)
    assert (due.hour, due.minute) == (6, 0)


def test_a_failure_is_told_and_the_next_time_stands(clock, app, admin, desk):
    admin.get("/schedules/").press("Run now", within=row_of(STOCK))
    adapter = trouble(app, Answering(503))
    assert clock.step()
    over(app, adapter)
    assert its(desk).trouble == "Unreachable"
    assert "Unreachable" in admin.get("/schedules/").text
    assert its(desk).due > now()


def test_a_paused_one_does_not_run(clock, admin, desk):
    page = admin.get("/schedules/").press("Pause", within=row_of(STOCK))
    with desk.writing() as db:
        db.get_one(Schedule, STOCK).due = now() - timedelta(hours=1)
    assert not clock.step()
    page.press("Continue", within=row_of(STOCK))
    assert clock.step()


def test_the_run_of_a_dead_worker_counts_as_over_after_a_while(clock, desk):
    with desk.writing() as db:
        row = db.get_one(Schedule, STOCK)
        row.due, row.until = now() - timedelta(hours=1), now() + timedelta(minutes=1)
    assert not clock.step()
    with desk.writing() as db:
        db.get_one(Schedule, STOCK).until = now()
    assert clock.step()


def test_what_a_newer_or_older_release_plans_is_left_alone(clock, desk):
    with desk.writing() as db:
        db.add(Schedule(name="of.another.release", due=now() - timedelta(hours=1)))
    assert not clock.step()


def test_each_has_a_page_row_and_only_administrators_move_it(clock, admin, marketer):
    assert len(admin.get("/schedules/").rows()) == len(PLANNED)
    assert marketer.get("/schedules/").status == 403
    for verb in ("run", "pause", "resume"):
        assert marketer.post(f"/schedules/{STOCK}/{verb}", {}).status == 403
        assert admin.post(f"/schedules/nonsense/{verb}", {}).status == 404


def test_the_list_is_empty_before_a_worker_started(admin, desk):
    assert "Not known yet" in admin.get("/schedules/").text
    with desk.reading() as db:
        assert schedules.listed(db) == []
