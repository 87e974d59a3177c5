"""What machines ask: whether the process answers, and whether it can do its work."""

from app.config import Settings
from app.store import open_desk
from app.version import VERSION
from tests.adapters import Silent, trouble


def test_a_machine_learns_without_signing_in_that_the_process_answers(stranger):
    page = stranger.get("/health")
    assert (page.status, page.answer.json) == (200, {"status": "ok", "version": VERSION})


def test_it_is_ready_when_its_database_and_rees46_answer(stranger):
    page = stranger.get("/ready")
    assert (page.status, page.answer.json) == (200, {"status": "ok", "database": "ok", "rees46": "ok"})


def test_it_still_serves_when_rees46_does_not_answer_and_says_so(app, stranger):
    trouble(app, Silent())
    page = stranger.get("/ready")
    assert (page.status, page.answer.json["rees46"]) == (200, "failing")


def test_without_its_database_it_is_alive_but_not_ready(app, stranger, tmp_path):
    app.extensions["desk"] = open_desk(Settings(database_url=f"sqlite:///{tmp_path}", secret_key="another"))
    assert stranger.get("/health").status == 200
    page = stranger.get("/ready")
    assert (page.status, page.answer.json["database"]) == (503, "failing")


def test_nothing_that_machines_are_told_is_kept_or_secret(stranger):
    assert "demo" not in stranger.get("/ready").html
