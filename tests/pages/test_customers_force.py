"""Another e-mail, phone number or own ID: at once if nobody has it, else both are shown first."""

import json

import pytest
from sqlalchemy import select

from app.rees46.client import Client
from app.rees46.errors import NotFound
from app.rees46.inprocess import BOX_URL
from app.rees46.profile import ForceChangeEmail, Read, Set
from app.store.acts import Act
from app.store.exchanges import Exchange
from tests.adapters import Answering, Silent, trouble

ANNA, VERA, NEW = "anna.kowalska@example.com", "vera.sokolova@example.com", "anna.new@example.com"
KONSTANTIN = "79990000001"


@pytest.fixture
def rees46(app):
    """REES46 itself, as another system would use it."""
    return Client(BOX_URL, "demo", "demo-secret", session=app.extensions["rees46_session"])


@pytest.fixture
def first(agent):
    """The first step: the new address is asked for."""
    return agent.post("/customers/find", {"who": ANNA}).follow("Change e-mail")


def test_nothing_is_sent_before_both_profiles_were_shown(first, rees46):
    page = first.press("Change the e-mail", new_email=VERA.upper())
    assert "Anna Kowalska" in text(page, "#winner")
    assert "Вера Соколова" in text(page, "#loser")
    assert "Is left without an e-mail" in text(page, "#loser")
    assert rees46.send(Read(email=VERA)).first_name == "Вера"


@pytest.mark.parametrize(
    ("title", "button", "field", "new", "known"),
    [
        ("Change e-mail", "Change the e-mail", "new_email", NEW, {"email": NEW}),
        ("Change phone", "Change the phone number", "new_phone", "8 999 000-77-66", {"phone": "+79990007766"}),
    ],
)
def test_what_is_nobody_s_is_changed_at_once(agent, rees46, desk, title, button, field, new, known):
    first = agent.post("/customers/find", {"who": KONSTANTIN if "phone" in known else ANNA}).follow(title)
    page = first.press(button, **{field: new, "reason": "Asked by phone"})
    assert "Read back and confirmed" in page.messages
    assert rees46.send(Read(**known)).first_name == page.h1.split()[0]
    act = last_act(desk)
    assert (act.outcome, act.reason, list(act.after.values())) == ("done", "Asked by phone", list(known.values()))
    assert list(agent.get(first.path).press(button, **{field: new}).errors) == [
        "This is what the customer has already."
    ]


def test_a_phone_number_of_somebody_else_is_given_only_after_both_were_seen(agent, rees46):
    first = agent.post("/customers/find", {"who": KONSTANTIN}).follow("Change phone")
    page = first.press("Change the phone number", new_phone="8 999 000-00-02")
    assert "Вера Соколова" in text(page, "#loser")
    assert "Is left without a phone number" in text(page, "#loser")
    done = page.press("Force this phone number", again="+7 (999) 000 00 02", reason="His")
    assert "Read back and confirmed" in done.messages
    assert rees46.send(Read(email=VERA)).phone is None


def test_an_own_id_is_known_by_who_asks_and_leads_to_this_customer(agent, rees46):
    rees46.send(Set(email=ANNA, external_id="anna-1"))
    rees46.send(Set(email=VERA, external_id="vera-1"))
    first = agent.post("/customers/find", {"who": ANNA}).follow("Change own ID")
    for wrong in ("vera-1", "nobody-1"):
        page = first.press("Change the own ID", old_external_id=wrong, new_external_id="anna-2")
        assert page.errors == ["REES46 does not find this customer by that ID."]
    assert first.press("Change the own ID", new_external_id="anna-2").errors == ["This is needed."]
    first.press("Change the own ID", old_external_id="anna-1", new_external_id="anna-2")
    assert rees46.send(Read(external_id="anna-2")).email == ANNA
    page = first.press("Change the own ID", old_external_id="anna-2", new_external_id="vera-1")
    page.press("Force this own ID", again="vera-1", reason="Two accounts")
    assert rees46.send(Read(external_id="vera-1")).email == ANNA


def test_the_address_changes_hands_once_it_was_typed_again(first, rees46, desk):
    page = first.press("Change the e-mail", new_email=VERA).press(
        "Force this e-mail", again=VERA, reason="Asked by phone"
    )
    assert page.h1 == "Anna Kowalska"
    assert "Read back and confirmed" in page.messages
    assert rees46.send(Read(email=VERA)).first_name == "Anna"
    assert rees46.send(Read(phone="79990000002")).email is None
    act = last_act(desk)
    assert (act.what, act.outcome, act.reason) == ("profile.ForceChangeEmail", "done", "Asked by phone")
    assert act.before["email"] == ANNA


def test_links_to_both_customers_lead_to_the_same_people_as_before(first, agent):
    anna = first.path.removesuffix("/email")
    vera = agent.post("/customers/find", {"who": VERA}).path
    first.press("Change the e-mail", new_email=VERA).press("Force this e-mail", again=VERA, reason="Asked by phone")
    assert agent.get(anna).h1 == "Anna Kowalska"
    assert agent.get(vera).h1 == "Вера Соколова"


def test_who_has_nothing_left_is_not_taken_for_somebody_else(first, agent, rees46):
    ella = agent.post("/customers/find", {"who": "ella.email@example.com"}).path
    page = first.press("Change the e-mail", new_email="ella.email@example.com")
    assert "nobody will find this profile again" in text(page, "#loser")
    page.press("Force this e-mail", again="ella.email@example.com", reason="Hers")
    assert agent.get(ella).status == 404
    with pytest.raises(NotFound):
        rees46.send(Read(email=ANNA))


@pytest.mark.parametrize(
    "typed", [{"again": "", "reason": "x"}, {"again": ANNA, "reason": "x"}, {"again": VERA, "reason": ""}]
)
def test_without_the_address_typed_again_and_a_reason_nothing_happens(first, typed, desk):
    page = first.press("Change the e-mail", new_email=VERA).press("Force this e-mail", **typed)
    assert page.status == 422
    assert page.errors
    assert last_act(desk) is None


def test_wrong_addresses_are_refused_at_once(first):
    for typed in (
        "",
        "no address",
        ANNA,
        ANNA.upper(),
        "a\0b@example.com",
        "x" * 300 + "@example.com",
        "x" * 1_000_000,
    ):
        page = first.press("Change the e-mail", new_email=typed)
        assert page.status == 422, typed[:20]
        assert page.errors


def test_an_address_that_changed_hands_meanwhile_stops_it(first, rees46, desk):
    last = first.press("Change the e-mail", new_email=VERA)
    yes = {"i_understand_what_i_am_doing": "yes"}
    rees46.send(ForceChangeEmail(old_email=VERA, new_email="vera.new@example.com", **yes))
    rees46.send(Set(email=VERA, first_name="Somebody"))
    page = last.press("Force this e-mail", again=VERA, reason="Asked by phone")
    assert "it has changed hands" in page.text
    assert "Somebody" in text(page, "#loser")
    assert last_act(desk) is None


def test_however_often_it_is_clicked_it_happens_once(first, desk):
    last = first.press("Change the e-mail", new_email=VERA)
    for _click in range(3):
        assert last.press("Force this e-mail", again=VERA, reason="Asked by phone").h1 == "Anna Kowalska"
    with desk.reading() as db:
        sent = db.scalars(select(Exchange).where(Exchange.operation == "profile.ForceChangeEmail")).all()
    assert len(sent) == 1


def test_silence_is_an_unknown_outcome_and_can_be_tried_again_on_purpose(app, first, desk):
    session = app.extensions["rees46_session"]
    healthy = session.get_adapter(BOX_URL)
    trouble(app, Silent(), only="/force_change_email")
    page = first.press("Change the e-mail", new_email=NEW)
    assert page.status == 502
    assert "We do not know whether it was changed" in page.text
    assert last_act(desk).outcome == "unknown"
    session.mount(BOX_URL, healthy)
    assert "confirmed" in page.press("Change the e-mail").messages


def test_a_refusal_is_told(app, first):
    last = first.press("Change the e-mail", new_email=VERA)
    said = json.dumps({"status": "error", "payload": {"message": "Profile with `old_email` not found"}}).encode()
    trouble(app, Answering(404, said), only="/force_change_email")
    page = last.press("Force this e-mail", again=VERA, reason="Asked by phone")
    assert page.status == 422
    assert "Nothing was changed" in page.text


def test_who_has_no_e_mail_has_nothing_to_replace(agent):
    page = agent.post("/customers/find", {"who": "79990000001"})
    assert "Change e-mail" not in page.text
    assert "no e-mail to replace" in agent.get(f"{page.path}/email").messages


def last_act(desk):
    with desk.reading() as db:
        return db.scalar(select(Act).order_by(Act.id.desc()).limit(1))


def text(page, selector):
    return " ".join(page.dom.select_one(selector).get_text(" ").split())
