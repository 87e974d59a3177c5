"""A form that comes too late loses nothing of what was typed."""

import json

import pytest
from sqlalchemy import delete

from app.store.sessions import BrowserSession
from tests.adapters import Silent, trouble
from tests.conftest import PASSWORD

ANNA = "anna.kowalska@example.com"


def sign_everybody_out(desk):
    with desk.writing() as db:
        db.execute(delete(BrowserSession))


def test_who_was_signed_out_in_mid_form_signs_in_and_sends_it(desk, marketer):
    form = marketer.get("/segments/name?segment=313")
    sign_everybody_out(desk)
    page = form.press("Keep the name", name="Loyal riders", purpose="Осень <b>", owner="CRM")
    assert (page.status, page.h1) == (401, "Not sent yet")
    assert "Осень <b>" in page.text
    wrong = page.press("Sign in").press("Sign in", email="marketer@desk46.test", password="wrong")
    page = wrong.press("Sign in", email="marketer@desk46.test", password=PASSWORD)
    assert "You are signed in again." in page.text
    assert "Loyal riders" not in marketer.get("/s/demo/segments/").text
    page.press("Send it now")
    row = marketer.get("/s/demo/segments/").row("Loyal riders")
    assert "Осень <b>" in " ".join(row)


def test_an_old_token_keeps_what_was_typed(agent):
    data = {"who": ANNA, "segment_id": "313", "csrf_token": "old"}
    page = agent.post("/s/demo/segments/add", data)
    assert (page.status, page.h1) == (400, "Not sent yet")
    assert page.press("Send it now").full_path.startswith("/s/demo/segments/add/313/")


@pytest.mark.parametrize("path", ["/account/password", "/shops/add", "/people/add"])
def test_a_form_that_may_hold_a_password_is_not_held(admin, path):
    page = admin.post(path, {"old": "my secret", "secret": "my secret", "csrf_token": "old"})
    assert page.status == 400
    assert "my secret" not in page.html


def test_somebody_else_s_page_cannot_have_a_form_held(app, admin):
    answer = admin.client.post("/s/demo/segments/add", data={"who": ANNA}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert ANNA not in answer.text


def test_an_htmx_form_with_an_old_token_stays_and_gets_a_valid_one(agent):
    answer = agent.htmx("/s/demo/segments/add", {"who": ANNA, "segment_id": "313", "csrf_token": "old"})
    assert answer.status == 400
    assert (answer.answer.headers["HX-Retarget"], answer.answer.headers["HX-Reswap"]) == ("#messages", "innerHTML")
    token = json.loads(answer.answer.headers["HX-Trigger"])["token"]["value"]
    assert agent.htmx("/s/demo/segments/add", {"who": ANNA, "segment_id": "313", "csrf_token": token}).status < 400


def test_an_error_never_takes_the_place_of_an_htmx_form(app, agent):
    trouble(app, Silent())
    answer = agent.htmx("/s/demo/segments/add", {"who": ANNA, "segment_id": "313"}, target="form#add")
    assert answer.status == 502
    assert answer.answer.headers["HX-Retarget"] == "#messages"


def test_an_htmx_form_of_somebody_signed_out_is_answered_with_nothing(desk, agent):
    token = agent.token()
    sign_everybody_out(desk)
    answer = agent.htmx("/s/demo/segments/add", {"who": ANNA, "csrf_token": token})
    assert (answer.status, answer.html) == (401, "")
