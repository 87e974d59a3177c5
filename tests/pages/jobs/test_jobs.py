"""Jobs on the pages: pause, go on, end; the tray; who may."""

from datetime import timedelta

from sqlalchemy import select

from app.store import workers
from app.store.acts import Act
from app.store.base import now
from app.store.works import Work
from tests.pages.jobs.looking import states, work_of, work_off


def test_it_is_paused_and_goes_on_and_is_cancelled_at_a_button(left, marketer, worker, desk):
    paused = left.press("Pause")
    assert "Paused" in paused.text
    assert not worker.step()
    paused.press("Continue")
    work_off(worker)
    assert set(states(desk)) == {"made"}
    with desk.reading() as db:
        whats = [act.what for act in db.scalars(select(Act).order_by(Act.id)) if act.what.startswith("jobs.")]
    assert whats == ["jobs.Pause", "jobs.Resume"]


def test_what_is_cancelled_keeps_what_was_done_and_may_go_on(left, marketer, worker, desk):
    cancelled = left.press("Cancel the rest")
    assert "Cancelled" in cancelled.text
    assert not worker.step()
    assert set(states(desk)) == {"waiting"}
    cancelled.press("Continue")
    work_off(worker)
    assert set(states(desk)) == {"made"}


def test_the_page_says_when_no_worker_runs(left, marketer, worker, desk):
    assert "Nobody is at work" in marketer.get(left.path).text
    with desk.writing() as db:
        workers.beat(db, worker.name)
    page = marketer.get(left.path)
    assert "Nobody is at work" not in page.text
    assert page.dom.select_one("head noscript meta[http-equiv=refresh]")  # without script the page follows, too
    assert "You may close this page" in page.text


def test_the_tray_shows_what_goes_on_and_what_waits_for_somebody(left, marketer, viewer):
    assert "Nothing" not in marketer.get("/jobs/tray").text
    left.press("Pause")
    tray = viewer.get("/jobs/tray").text
    assert "Waiting for you" in tray
    assert "0 of 101" in tray


def test_only_who_may_do_the_work_may_move_it(left, viewer, agent, desk):
    key = work_of(desk).key
    for visitor in (viewer, agent):
        for verb in ("pause", "cancel", "resume"):
            assert visitor.post(f"/jobs/{key}/{verb}", {}).status == 403
    assert "Pause" not in viewer.get(left.path).text


def test_the_progress_of_what_moves_no_more_loads_the_page_anew(left, marketer, worker, desk):
    key = work_of(desk).key
    assert "0 of 101" in marketer.get(f"/jobs/{key}/progress").text
    work_off(worker)
    answer = marketer.client.get(f"/jobs/{key}/progress?at=0", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_open_pages_are_told_once_that_a_job_of_ones_own_ended(left, marketer, agent, worker, desk):
    assert "Done:" not in marketer.get("/jobs/count").text
    work_off(worker)
    with desk.writing() as db:
        work = db.get_one(Work, work_of(desk).id)
        work.at = work.ended
    assert "Done:" not in marketer.get("/jobs/count").text  # it took no time: whoever began it has seen it
    with desk.writing() as db:
        db.get_one(Work, work.id).at = now() - timedelta(minutes=1)
    told = marketer.get("/jobs/count")
    assert told.dom.select_one("[data-job-ended]").get_text(strip=True) == "Done: Create short links"
    assert "Done:" not in agent.get("/jobs/count").text  # it is somebody else's
    with desk.writing() as db:
        db.get_one(Work, work_of(desk).id).ended = now() - timedelta(minutes=5)
    assert "Done:" not in marketer.get("/jobs/count").text
