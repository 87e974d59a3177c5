"""Creating a customer, once it is sure that the contacts are nobody's."""

from sqlalchemy import select

from app.rees46.client import Client
from app.rees46.inprocess import BOX_URL
from app.rees46.profile import Read
from app.store.acts import Act
from tests.adapters import Silent, trouble

ANNA, NEW = "anna.kowalska@example.com", "olga.new@example.com"


def test_a_customer_is_created_and_their_profile_opens(app, agent):
    page = agent.get("/customers/new").press(
        "Create the customer",
        email=NEW,
        phone="8 999 123 45 67",
        first_name="Olga",
        **{"custom-0-name": "club", "custom-0-value": "x"},
    )
    assert page.h1 == "Olga"
    assert "Created" in page.messages
    rees46 = Client(BOX_URL, "demo", "demo-secret", session=app.extensions["rees46_session"])
    known = rees46.send(Read(email=NEW))
    assert (known.first_name, known.phone, known.custom_properties) == ("Olga", "79991234567", {"club": "x"})


def test_what_was_looked_for_in_vain_is_filled_in(agent):
    found = agent.get("/customers/").press("Find", within="main", who=f"{NEW} 8 999 123-45-67")
    page = found.press("Create this customer…")
    assert page.status == 200
    assert page.dom.find("input", {"name": "email"})["value"] == NEW
    assert page.dom.find("input", {"name": "phone"})["value"] == "+79991234567"
    assert page.press("Create the customer").status == 200


def test_nobody_is_created_whose_contact_is_known(agent, desk):
    page = agent.get("/customers/new").press("Create the customer", email=NEW, phone="+44 7700 900101")
    assert page.status == 409
    assert "somebody's already" in page.text
    assert "Anna Kowalska" in page.text
    assert last_act(desk) is None


def test_contacts_of_two_people_show_both(agent):
    page = agent.get("/customers/new").press("Create the customer", email=ANNA, phone="89990000002")
    assert "leads to two different customers" in page.text
    assert page.follow("Open the profile", within="#owner-2").h1 == "Вера Соколова"


def test_a_customer_needs_a_contact(agent, desk):
    for typed in (
        {},
        {"first_name": "Olga"},
        {"email": "no address"},
        {"phone": "12"},
        {"email": NEW, "age": "x"},
        {"loyalty_id": "a\0b"},
    ):
        page = agent.get("/customers/new").press("Create the customer", **typed)
        assert page.status == 422
        assert page.errors, typed
    assert last_act(desk) is None


def test_pressing_twice_creates_one(agent, desk):
    page = agent.get("/customers/new")
    page.press("Create the customer", email=NEW)
    assert "Known already" in page.press("Create the customer", email=NEW).text
    with desk.reading() as db:
        assert len(db.scalars(select(Act)).all()) == 1


def test_silence_leaves_what_was_typed(app, agent):
    page = agent.get("/customers/new")
    trouble(app, Silent(), only="/profile/set")
    page = page.press("Create the customer", email=NEW, first_name="Olga")
    assert page.status == 502
    assert "We do not know whether it was changed" in page.text
    assert page.dom.find("input", {"name": "first_name"})["value"] == "Olga"


def last_act(desk):
    with desk.reading() as db:
        return db.scalar(select(Act).order_by(Act.id.desc()).limit(1))
