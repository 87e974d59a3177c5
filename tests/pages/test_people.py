"""People: adding, changing, and the last administrator."""

from tests.furnishing import PASSWORD
from tests.page import Visitor


def test_an_address_can_be_used_by_one_person_only(admin):
    page = admin.get("/people/add").press("Add and invite", name="Again", email="VIEWER@desk46.test", role="viewer")
    assert page.status == 422
    assert "Somebody has this address already." in page.errors


def test_the_last_administrator_stays_one(admin):
    page = admin.get("/people/").follow("Admin").press("Save Admin", role="viewer")
    assert page.status == 422
    assert "last administrator" in page.text


def test_whoever_may_no_longer_sign_in_is_signed_out_at_once(admin, agent):
    assert agent.get("/").status == 200
    form = admin.get("/people/").follow("Support")
    data = {"csrf_token": admin.token(), "name": "Support", "role": "support"}  # an unticked box is not sent
    admin.post(form.path, data)
    assert agent.get("/").h1 == "Sign in"
    assert (
        "wrong" in agent.get("/account/sign-in").press("Sign in", email="support@desk46.test", password=PASSWORD).text
    )


def test_only_administrators_see_people(app, someone):
    for role in ("viewer", "support", "marketer"):
        assert someone(role).get("/people/").status == 403
    assert Visitor(app.test_client()).get("/people/").h1 == "Sign in"


def test_adding_a_person_is_in_the_audit_trail_without_the_address(admin):
    admin.get("/people/add").press("Add and invite", name="Olga", email="olga@desk46.test", role="viewer")
    page = admin.get("/trail/").follow("Added a person")
    assert "Olga" in page.text
    assert "olga@desk46.test" not in page.text
