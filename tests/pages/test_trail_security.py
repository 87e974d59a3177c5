"""Security events stand in the trail: who came and went, what failed, what a role was refused, what left as a file."""

import pytest
from sqlalchemy import select, update

from app.store.acts import Act
from app.store.base import now
from app.store.people import Person
from app.store.sessions import BrowserSession
from tests.furnishing import PASSWORD, quick_password
from tests.page import Visitor, sign_in


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quick_password(monkeypatch)


@pytest.fixture
def events(desk):
    """The events of the trail by what they are: person, and what is known of them."""

    def events(what):
        with desk.reading() as db:
            return [(act.person, act.asked, act.outcome) for act in db.scalars(select(Act).where(Act.what == what))]

    return events


def test_signing_in_and_out_is_written_down(app, events):
    visitor = sign_in(app.test_client(), "support@desk46.test", PASSWORD)
    visitor.post("/account/sign-out", {"csrf_token": visitor.token()})
    assert events("account.SignIn") == [("Support", {"second_factor": False}, "done")]
    assert events("account.SignOut") == [("Support", {}, "done")]


@pytest.mark.parametrize(("email", "person"), [("support@desk46.test", "Support"), ("secret-typed@by.mistake", "")])
def test_a_failed_sign_in_names_the_account_and_nothing_that_was_typed(stranger, events, email, person):
    stranger.get("/account/sign-in").press("Sign in", email=email, password="a wrong one")
    assert events("account.SignInFailed") == [(person, {"step": "password"}, "done")]


def test_wrong_proof_of_who_is_here_is_written_down(admin, events, desk):
    with desk.reading() as db:
        number = db.scalar(select(Person.id).where(Person.role == "support"))
    with desk.writing() as db:
        db.execute(update(BrowserSession).values(proven=now().replace(year=2020)))
    admin.get(f"/people/{number}").press("Confirm", password="wrong")
    assert events("account.SignInFailed") == [("Admin", {"step": "confirm"}, "done")]


def test_what_a_role_is_refused_is_written_once_an_hour(viewer, events):
    for _number in range(3):
        assert viewer.get("/people/").status == 403
    assert viewer.get("/shops/add").status == 403
    assert [asked["page"] for _person, asked, _outcome in events("access.Refused")] == ["people.index", "shops.add"]


def test_a_list_that_leaves_as_a_file_is_written_with_its_rows(admin, events, desk):
    viewer_tries = Visitor(admin.client.application.test_client())
    viewer_tries.get("/account/sign-in").press("Sign in", email="viewer@desk46.test", password="wrong")
    assert admin.get("/trail/?as=csv").answer.get_data(as_text=True).count("\r\n") >= 2
    with desk.reading() as db:
        act = db.scalars(select(Act).where(Act.what == "exports.Table")).one()
    assert (act.outcome, act.asked["page"]) == ("done", "trail.index")
    assert act.after == {"rows": 1}  # the failed sign-in: the rows are read before this act is written


def test_who_looked_at_a_customer_stands_on_their_page_for_staff(agent, marketer, viewer):
    path = agent.get("/customers/").press("Find", within="main", who="anna.kowalska@example.com").path
    marketer.get(path)
    page = agent.get(path)
    looked = page.tree.cssselect("#looked")[0].text_content()
    assert "Support" in looked
    assert "Marketer" in looked
    assert not viewer.get(path).tree.cssselect("#looked")
