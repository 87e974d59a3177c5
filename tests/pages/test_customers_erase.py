"""Erasing a customer: their contact is typed, one act is written, and nobody finds them any more."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import erasures
from app.rees46.client import Client
from app.rees46.inprocess import BOX_URL
from app.rees46.profile import ForceChangeEmail, Purge
from app.store import orders_seen
from app.store.acts import Act
from app.store.base import Base, now
from app.store.customers import KnownCustomer
from app.store.orders_seen import Met, SeenOrder
from app.store.people import Person
from app.store.sessions import BrowserSession
from app.store.trigger_stories import TriggerStory
from app.store.works import Work
from app.work.worker import Worker
from tests.adapters import Silent, trouble
from tests.pages.jobs.looking import work_off

UMA = "uma.unsubscribed@example.com"
BUTTON = "Erase for good"
STORY = {"shop_id": 1, "person": "Ann", "name": "", "kind": "price", "plot": "told", "item_id": "1", "once": "x"} | {
    "item": {},
    "before": {},
}


@pytest.fixture
def page(agent):
    """The page that says what will be gone."""
    return agent.post("/customers/find", {"who": UMA}).follow("Erase")


def purges(desk):
    with desk.reading() as db:
        return list(db.scalars(select(Act).where(Act.what == "profile.Purge").order_by(Act.id)))


def key_of(page):
    return page.path.split("/")[2]


def told_of(desk, *words):
    """Name the columns of the desk's tables in which one of these words stands."""
    found = set()
    with desk.reading() as db:
        for table in Base.metadata.sorted_tables:
            for row in db.execute(select(table)).mappings():
                found |= {
                    f"{table.name}.{name}" for name, value in row.items() if any(word in str(value) for word in words)
                }
    return found


def test_the_page_says_what_will_be_gone_and_what_is_kept_and_why(page):
    assert UMA in page.text
    for words in ("Gone in REES46, for good", "Forgotten at once", "Kept, and why", "under a pseudonym"):
        assert words in page.text


@pytest.mark.parametrize(
    "typed",
    [{"typed": "somebody@example.com", "reason": "x"}, {"typed": "", "reason": "x"}, {"typed": UMA, "reason": ""}],
)
def test_without_the_contact_and_a_reason_nothing_happens(page, desk, typed):
    assert page.press(BUTTON, **typed).status == 422
    assert purges(desk) == []


def test_an_erased_customer_stands_nowhere_but_in_the_trail_without_a_name(page, agent, desk, app, settings):
    key = key_of(page)
    edit = agent.get(f"/customers/{key}/edit").press("Look it over", last_name="Neumann")
    edit.press("Save 1 change", reason=f"{UMA} married")
    assert told_of(desk, UMA, "Neumann") >= {"acts.reason", "acts.asked", "customers.value", "exchanges.answer"}
    done = page.press(BUTTON, typed=f" {UMA.upper()}", reason="She asked by phone")
    assert done.status == 410
    assert "Erased." in done.messages
    work_off(Worker(app))
    assert told_of(desk, UMA, "Neumann") == set()
    (act,) = purges(desk)
    assert (act.outcome, act.reason, act.asked) == ("done", "She asked by phone", {"email": f"erased-{key}"})
    with desk.reading() as db:
        (edit,) = db.scalars(select(Act).where(Act.what == "profile.Set"))
    assert (edit.after, edit.reason, edit.person) == ({"last_name": f"erased-{key}"}, None, "Support")
    assert any(one.keys for one in erasures.read(settings.var / erasures.NAME))
    for path in (f"/customers/{key}/edit", f"/loyalty/of/{key}", f"/customers/{key}/erase"):
        assert agent.get(path).h1 == f"Erased customer {key}"
    assert agent.post("/customers/find", {"who": UMA}).h1 == "Nobody found"


def test_orders_that_were_seen_with_them_are_forgotten_and_those_of_others_stay(page, desk, app):
    with desk.writing() as db:
        uma = db.scalars(select(KnownCustomer).where(KnownCustomer.key == key_of(page))).one()
        other = KnownCustomer(shop_id=1, kind="email", value="other@example.com")
        db.add(other)
        db.flush()
        orders_seen.note(db, 1, [Met("OF-UMA", "paid", 990)], uma)
        orders_seen.note(db, 1, [Met("OF-ANOTHER", "paid", 990)], other)
        orders_seen.note(db, 1, [Met("OF-AN-IMPORT", "paid", 990)])
        db.add(TriggerStory(**STORY, customer_id=uma.id))
    page.press(BUTTON, typed=UMA, reason="She asked")
    work_off(Worker(app))
    with desk.reading() as db:
        numbers = set(db.scalars(select(SeenOrder.number)))
        assert db.scalars(select(TriggerStory)).all() == []
    assert "OF-UMA" not in numbers
    assert {"OF-ANOTHER", "OF-AN-IMPORT"} <= numbers


def test_whom_rees46_does_not_know_any_more_is_forgotten_at_the_desk(page, agent, desk, app):
    Client(BOX_URL, "demo", "demo-secret", session=app.extensions["rees46_session"]).send(Purge(email=UMA))
    gone = agent.get(f"/customers/{key_of(page)}").follow("Erase what this desk remembers")
    assert "REES46 knows nobody by" in gone.text
    gone.press(BUTTON, typed=UMA, reason="He asked")
    work_off(Worker(app))
    assert told_of(desk, UMA) == set()
    assert purges(desk) == []
    with desk.reading() as db:
        assert db.scalars(select(Act).where(Act.what == "customers.Erase")).one().outcome == "done"


def test_a_lost_answer_is_unknown_and_nothing_is_forgotten_by_it(page, desk, app):
    trouble(app, Silent(), only="/profile/purge")
    assert page.press(BUTTON, typed=UMA, reason="She asked").status == 502
    assert [purge.outcome for purge in purges(desk)] == ["unknown"]
    assert "customers.value" in told_of(desk, UMA)


def test_it_waits_in_its_undo_window_and_is_done_by_itself_when_that_is_over(page, agent, desk, app):
    with desk.writing() as db:
        db.execute(update(Person).values(undo_seconds=10))
    held = page.press(BUTTON, typed=UMA, reason="She asked")
    assert "nothing has gone out yet" in held.text
    held.press("Undo (10 s)")
    assert [purge.state for purge in purges(desk)] == ["withdrawn"]
    agent.get(page.path).press(BUTTON, typed=UMA, reason="She asked again")
    with desk.writing() as db:
        db.execute(update(Work).where(Work.state == "held").values(due=now()))
    work_off(Worker(app))
    assert [purge.state for purge in purges(desk)] == ["withdrawn", "done"]
    assert told_of(desk, UMA) == set()


def test_a_contact_that_is_somebody_else_s_by_now_stays_theirs(agent, desk, app):
    first = agent.post("/customers/find", {"who": "anna.kowalska@example.com"})
    client = Client(BOX_URL, "demo", "demo-secret", session=app.extensions["rees46_session"])
    yes = {"i_understand_what_i_am_doing": "yes"}
    client.send(ForceChangeEmail(old_email="anna.kowalska@example.com", new_email="anna.new@example.com", **yes))
    client.send(ForceChangeEmail(old_email=UMA, new_email="anna.kowalska@example.com", **yes))
    uma = agent.post("/customers/find", {"who": "anna.kowalska@example.com"})
    anna = agent.post("/customers/find", {"who": "anna.new@example.com"})
    assert uma.h1 != anna.h1
    anna.follow("Erase").press(BUTTON, typed="anna.new@example.com", reason="She asked")
    assert agent.get(uma.path).h1 == uma.h1
    assert first.path


def test_the_evidence_is_had_as_a_file(page):
    told = json.loads(page.follow("Download the evidence").html)
    assert told["rees46"]["profile"]["email"] == UMA
    assert {one["contact"] for one in told["rees46"]["subscription_changes"]} == {UMA}
    assert "acts" in told["desk"]


def test_only_support_erases_and_is_asked_again_who_it_is(page, viewer, marketer, desk):
    for person in (viewer, marketer):
        assert person.get(page.path).status == 403
        assert person.get(f"/customers/{key_of(page)}/evidence.json").status == 403
    with desk.writing() as db:
        db.execute(update(BrowserSession).values(proven=now() - timedelta(hours=1)))
    assert page.visitor.get(page.path).h1 != "Erase a customer"
    assert page.press(BUTTON, typed=UMA, reason="She asked").status == 401
    assert purges(desk) == []
