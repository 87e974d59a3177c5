"""What a form was answered with can be loaded again, by whoever sent it, for a day, and no longer."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.store.base import now
from app.store.results import MOST, Result
from tests.schedules import run

NOBODY = "nobody.at.all@example.com"


def find(visitor, who=NOBODY):
    return visitor.get("/customers/").press("Find", within="main", who=who)


def rows(desk):
    with desk.reading() as db:
        return list(db.scalars(select(Result)))


def test_a_result_has_an_address_that_tells_nothing_and_shows_the_same_again(agent):
    page = find(agent)
    assert page.h1 == "Nobody found"
    assert page.path.startswith("/results/")
    assert agent.get(page.full_path).h1 == "Nobody found"


def test_a_form_of_a_result_that_was_loaded_again_still_works(agent):
    page = agent.get(find(agent).full_path)
    assert page.press("Find", within="main", who="anna.kowalska@example.com").path.startswith("/customers/")


def test_a_result_is_nobody_elses_and_of_its_shop(agent, marketer, admin):
    path = find(agent).full_path
    assert (marketer.get(path).status, admin.get(path).status) == (404, 404)
    assert agent.get(path.replace("/s/demo/", "/s/second/")).status == 404
    assert agent.get(path.replace("/s/demo/results/", "/account/results/")).status == 404


def test_a_result_is_encrypted_and_kept_for_a_day(app, agent, desk):
    path = find(agent).full_path
    assert NOBODY not in str([vars(row) for row in rows(desk)])
    with desk.writing() as db:
        db.execute(update(Result).values(expires=now() - timedelta(seconds=1)))
    assert agent.get(path).status == 404
    find(agent)
    run("results.forget", app)
    assert len(rows(desk)) == 1


def test_only_the_newest_results_of_a_person_are_kept(app, agent, desk, monkeypatch):
    monkeypatch.setattr("app.store.results.MOST", 3)
    assert MOST > 3
    for _number in range(5):
        find(agent)
    run("results.forget", app)
    with desk.reading() as db:
        assert db.scalar(select(func.count()).select_from(Result)) == 3


def test_a_part_for_htmx_comes_at_once_and_is_not_kept(agent, desk):
    anna = agent.get("/customers/").press("Find", within="main", who="anna.kowalska@example.com").path
    agent.htmx(f"/subscriptions/of/{anna.split('/')[2]}/change", {"email_bulk": "off"}, target="form#change")
    assert rows(desk) == []


def test_a_new_link_is_shown_once(admin):
    page = admin.get("/people/add").press("Add and invite", email="new@desk46.test", name="New", role="viewer")
    assert "new@desk46.test" in page.text
    assert admin.get(page.full_path).status == 404


@pytest.mark.parametrize("key", ["x", "x" * 300, "%00"])
def test_what_is_no_result_is_not_there(agent, key):
    assert agent.get(f"/s/demo/results/{key}").status == 404
    assert agent.get(f"/account/results/{key}").status == 404
