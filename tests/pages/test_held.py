"""A form that comes too late loses nothing of what was typed."""

import json

import pytest
from sqlalchemy import delete
from wtforms import PasswordField

from app.store.imports import Batch
from app.store.sessions import BrowserSession
from app.web.sign_in.held import SECRETS
from tests.adapters import Silent, trouble
from tests.furnishing import PASSWORD
from tests.house.repository import name_of, under
from tests.page import upload

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


class TestFiles:
    def late(self, desk, marketer):
        form = marketer.get("/imports/new?segment=313")
        sign_everybody_out(desk)
        return form.press("Read it", file=upload("email\na@x.example\n", "осень.csv"))

    def test_a_file_has_to_be_chosen_again_and_the_page_says_which(self, desk, marketer):
        page = self.late(desk, marketer)
        assert (page.status, page.h1) == (401, "Not sent yet")
        assert "The file осень.csv has to be chosen again." in page.text
        assert "a@x.example" not in page.html

    def test_it_is_chosen_where_the_form_is_sent_again(self, desk, marketer):
        page = self.late(desk, marketer).press("Sign in")
        page = page.press("Sign in", email="marketer@desk46.test", password=PASSWORD)
        assert page.dom.find("label", string="Choose осень.csv again")
        page = page.press("Send it now", file=upload("email\na@x.example\n", "осень.csv"))
        assert page.path.endswith("/columns")
        with desk.reading() as db:
            assert db.query(Batch).one().segment_id == "313"

    def test_with_an_old_token_it_is_the_same(self, marketer):
        data = {"segment_id": "313", "file": upload("email\na@x.example\n"), "csrf_token": "old"}
        page = marketer.post("/s/demo/imports/new", data)
        assert (page.status, page.h1) == (400, "Not sent yet")
        assert page.press("Send it now", file=upload("email\na@x.example\n")).path.endswith("/columns")

    def test_without_a_file_the_form_says_what_is_missing(self, marketer):
        data = {"segment_id": "313", "file": upload("email\na@x.example\n"), "csrf_token": "old"}
        page = marketer.post("/s/demo/imports/new", data).press("Send it now")
        assert page.status == 422
        assert page.dom.find("input", {"name": "segment_id"})["value"] == "313"


class TestOutsideShops:
    def test_a_new_shop_keeps_all_but_its_secret(self, desk, admin):
        form = admin.get("/shops/add")
        sign_everybody_out(desk)
        page = form.press("Add the shop", name="Зима", shop_id="winter", secret="winter-secret")
        assert page.status == 401
        assert "winter-secret" not in page.html
        assert "Passwords and keys are not kept" in page.text
        page = page.press("Sign in").press("Sign in", email="admin@desk46.test", password=PASSWORD)
        page = page.press("Send it now")
        assert page.status == 422
        assert [page.dom.find("input", {"name": name})["value"] for name in ("name", "shop_id")] == ["Зима", "winter"]
        assert page.press("Add the shop", secret="winter-secret").status == 200

    def test_a_new_person_is_kept(self, admin):
        data = {"email": "new@desk46.test", "name": "Ольга", "role": "viewer", "csrf_token": "old"}
        page = admin.post("/people/add", data)
        assert (page.status, page.h1) == (400, "Not sent yet")
        assert "Ольга" in page.press("Send it now").text

    def test_signing_in_on_a_page_that_stood_open_keeps_the_address(self, stranger):
        data = {"email": "admin@desk46.test", "password": "my secret", "csrf_token": "old"}
        page = stranger.post("/account/sign-in", data)
        assert page.status == 400
        assert "my secret" not in page.html
        page = page.press("Send it now")
        assert page.dom.find("input", {"name": "email"})["value"] == "admin@desk46.test"
        assert page.press("Sign in", password=PASSWORD).status == 200

    def test_what_is_chosen_with_one_click_is_not_held(self, admin):
        assert admin.post("/account/theme", {"theme": "dark", "csrf_token": "old"}).h1 != "Not sent yet"


def test_every_field_of_a_password_is_left_out_of_what_is_held():
    import app.pages.account.forms as account  # noqa: PLC0415  # only here
    import app.pages.shops.forms as shops  # noqa: PLC0415  # as above

    kinds = [kind for module in (account, shops) for kind in vars(module).values() if isinstance(kind, type)]
    fields = [
        (name, field)
        for kind in kinds
        for name, field in vars(kind).items()
        if issubclass(getattr(field, "field_class", object), PasswordField)
    ]
    assert len(fields) > 4
    assert {name for name, _field in fields} <= SECRETS
    others = [name_of(path) for path in under("app/pages", ".py") if "PasswordField" in path.read_text()]
    assert set(others) == {"app/pages/account/forms.py", "app/pages/shops/forms.py"}
