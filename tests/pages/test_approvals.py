"""Four eyes: every kind of act that a shop names waits for a second person, and goes out once when they approve."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.engine.worker.main import Worker as BoxWorker
from app.pages.approvals.schedules import expire
from app.rees46.client import Client
from app.rees46.inprocess import BOX_URL
from app.rees46.profile import Set
from app.store import approvals, segment_names, shops
from app.store.acts import Act
from app.store.approvals import Approval
from app.store.base import now
from app.store.exchanges import Exchange
from app.store.people import Person
from app.store.works import Work
from app.web.safeguards.approval_rules import RULES, rules_of
from app.work.worker import Worker
from tests.adapters import Silent, trouble
from tests.page import upload
from tests.pages.catalogue.conftest import as_json, product
from tests.pages.jobs.looking import work_off
from tests.pages.links.test_shortening import shorten

ANNA, UMA, ELLA = "anna.kowalska@example.com", "uma.unsubscribed@example.com", "ella.email@example.com"
PAGE = "https://shop.example.com/sale"
APPROVE, REFUSE = "Approve and send", "Refuse"


def hard_bounce(agent, _marketer, _box_works):
    page = agent.get("/subscriptions/report").press("Look first", email=ELLA)
    return page.press("Report it to REES46", event="hard_bounced", reason="The server said so", typed=ELLA)


def erase(agent, _marketer, _box_works):
    page = agent.post("/customers/find", {"who": UMA}).follow("Erase")
    return page.press("Erase for good", typed=UMA, reason="She asked")


def force(agent, _marketer, _box_works):
    page = agent.post("/customers/find", {"who": ANNA}).follow("Change e-mail")
    return page.press("Change the e-mail", new_email="anna.new@example.com", reason="She asked")


def import_rows(_agent, marketer, _box_works):
    page = marketer.get("/imports/new?segment=313").press("Read it", file=upload(f"email,first name\n{ANNA},Annabel\n"))
    return page.press("Check the rows").press("Import 1 customer")


def catalogue(kind, **item):
    """Import a file; the number that it costs is typed as the page says."""

    def do(_agent, marketer, _box_works):
        content = as_json(item or {"id": "1012"})
        page = marketer.get("/catalogue/new").press("Read it", kind=kind, file=upload(content, "catalogue.json"))
        page = page.press("Check the rows")
        asked = page.press("Import it", **({"dangling": "y"} if page.dom.find("input", {"name": "dangling"}) else {}))
        if asked.status != 422:
            return asked
        number = re.search(r"Type the number to confirm: (\d+)", asked.text)[1]
        return asked.press("Import it", number=number)

    return do


def own_codes(_agent, marketer, _box_works):
    shorten(marketer, code="spring")
    page = shorten(marketer, f"{PAGE}/2", code="spring")
    chosen = page.dom.find("input", {"id": "choice-1-do"})["value"]
    return page.press("Create the links", **{"choice-1": chosen})


def undo_import(agent, marketer, box_works):
    page = import_rows(agent, marketer, box_works)
    box_works()
    page = marketer.get(page.full_path).press("Undo: look first")
    return page.press("Do it for 1 customer", reason="The wrong file")


WAYS = {
    "hard_bounce": (hard_bounce, "subscriptions.Callback"),
    "erase": (erase, "profile.Purge"),
    "force": (force, "profile.ForceChangeEmail"),
    "import_rows": (import_rows, "imports.Audience"),
    "catalogue_put": (catalogue("products", **product(1)), "products.Put"),
    "catalogue_patch": (catalogue("stock"), "products.Sync"),
    "catalogue_delete": (catalogue("removal"), "products.Remove"),
    "catalogue_tree": (catalogue("categories", id="bikes", name="Bikes"), "categories.Import"),
    "own_codes": (own_codes, "links.Create"),
    "undo_import": (undo_import, "imports.Audience"),
}


@pytest.fixture
def demand(desk):
    """Let the shop want a second person for these; an import of any number of rows waits."""
    with desk.writing() as db:
        segment_names.meet(db, 1, {"313": "static"})

    def demand(*rules):
        with desk.writing() as db:
            shop = shops.in_use(db)[0]
            shop.approval_rules, shop.approval_rows = list(rules), 0

    return demand


@pytest.fixture
def worker(app):
    return Worker(app)


@pytest.fixture
def box_works(settings):
    """Let the box do what it accepted."""

    def do():
        worker = BoxWorker(settings)
        work_off(worker)
        worker.database.engine.dispose()

    return do


@pytest.fixture
def ask(agent, marketer, box_works):
    return lambda rule: WAYS[rule][0](agent, marketer, box_works)


def calls(desk, operation):
    with desk.reading() as db:
        return len(db.scalars(select(Exchange.id).where(Exchange.operation == operation)).all())


def last(desk):
    with desk.reading() as db:
        approval = db.scalars(select(Approval).order_by(Approval.id.desc())).first()
        return approval, db.get(Act, approval.act_id) if approval else None


def place(desk):
    return f"/s/demo/approvals/{last(desk)[0].key}"


def test_every_rule_is_walked():
    assert set(WAYS) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_it_waits_and_is_sent_once_when_somebody_else_approves(rule, demand, ask, admin, worker, desk):
    operation = WAYS[rule][1]
    before = 1 if rule in {"undo_import", "own_codes"} else 0  # what is undone or replaced was sent first
    demand(rule)
    ask(rule)
    work_off(worker)
    approval, act = last(desk)
    assert (approval.rule, approval.state, act.state) == (rule, "open", "awaiting")
    assert calls(desk, operation) == before
    assert ANNA not in approval.locked
    page = admin.get(place(desk))
    assert page.status == 200
    assert page.dom.select("#effect tbody tr")
    page = page.press(APPROVE, answer="Looked at it")
    work_off(worker)
    approval, act = last(desk)
    assert (approval.state, approval.by, approval.answer, act.state) == ("approved", "Admin", "Looked at it", "done")
    assert calls(desk, operation) == before + 1
    again = admin.post(f"{place(desk)}/approve", {"answer": "Once more"})
    assert "decided" in again.messages
    work_off(worker)
    assert calls(desk, operation) == before + 1


def test_a_live_shop_wants_a_second_person_for_all_and_a_test_shop_for_none(desk):
    with desk.reading() as db:
        shop = shops.in_use(db)[0]
    assert rules_of(shop) == set()
    shop.kind = "live"
    assert rules_of(shop) == set(RULES)
    shop.approval_rules = ["erase"]
    assert rules_of(shop) == {"erase"}


def test_an_undo_window_does_not_let_it_go_round(demand, ask, worker, desk):
    with desk.writing() as db:
        db.execute(update(Person).values(undo_seconds=10))
    demand("erase")
    page = ask("erase")
    assert page.path == place(desk).removeprefix("/s/demo")
    assert "Nothing was sent yet" in page.messages
    work_off(worker)
    assert (last(desk)[1].state, calls(desk, "profile.Purge")) == ("awaiting", 0)


def test_nobody_approves_their_own_and_whoever_may_not_do_it_may_not_approve_it(
    demand, ask, agent, marketer, viewer, desk
):
    demand("erase", "hard_bounce")
    ask("erase")
    assert agent.post(f"{place(desk)}/approve", {"answer": "Mine"}).status == 409
    assert marketer.post(f"{place(desk)}/approve", {"answer": "Not my role"}).status == 403
    assert viewer.post(f"{place(desk)}/approve", {"answer": "Only reading"}).status == 403
    assert UMA not in marketer.get(place(desk)).text
    assert last(desk)[1].state == "awaiting"
    ask("hard_bounce")
    assert "1" in marketer.get("/jobs/count").text
    marketer.get(place(desk)).press(APPROVE, answer="I saw the log of the server")
    assert last(desk)[1].state == "done"


def test_a_refusal_has_a_reason_leads_back_to_the_review_and_stands_in_the_trail(demand, ask, admin, desk):
    demand("import_rows")
    page = ask("import_rows")
    assert "A second person has to approve it first." in page.text
    assert admin.get(place(desk)).press(REFUSE, answer="").status == 422
    assert "The wrong list" in admin.get(place(desk)).press(REFUSE, answer="The wrong list").text
    approval, act = last(desk)
    assert (approval.state, act.state, act.message) == ("refused", "withdrawn", "Refused by Admin: The wrong list")
    assert calls(desk, "imports.Audience") == 0
    assert "Import 1 customer" in admin.get(page.full_path).text
    with desk.reading() as db:
        by = db.scalars(select(Act).where(Act.what == "approvals.Refuse")).one()
    assert (by.person, by.reason, by.asked) == ("Admin", "The wrong list", {"act": act.id})


def test_what_nobody_approves_in_time_is_not_sent(app, demand, ask, admin, desk):
    demand("own_codes")
    ask("own_codes")
    with desk.writing() as db:
        db.execute(update(Approval).values(until=now() - timedelta(seconds=1)))
    assert "too late" in admin.post(f"{place(desk)}/approve", {"answer": "Late"}).messages
    with app.app_context():
        expire()
    approval, act = last(desk)
    assert (approval.state, act.state) == ("expired", "withdrawn")
    with desk.reading() as db:
        assert db.scalars(select(Act).where(Act.what == "approvals.Expire")).one().after == {"act": act.id}


def test_whoever_asked_says_why_and_takes_it_back(demand, ask, agent, marketer, desk):
    demand("erase")
    ask("erase").press("Keep the reason", why="She wrote to us twice")
    assert "She wrote to us twice" in agent.get(place(desk)).text
    with desk.reading() as db:
        key = db.scalars(select(Work)).one().key
    assert agent.post(f"/jobs/{key}/undo").status == 200
    assert last(desk)[1].state == "withdrawn"


class TestChangedMeanwhile:
    def change(self, app, email, name):
        client = Client(BOX_URL, "demo", "demo-secret", session=app.extensions["rees46_session"])
        client.send(Set(email=email, first_name=name))

    def test_the_page_says_so_and_approving_sends_nothing(self, app, demand, ask, admin, worker, desk):
        demand("erase")
        ask("erase")
        self.change(app, UMA, "Somebody else")
        page = admin.get(place(desk))
        assert "It would do something else by now" in page.text
        page.press(APPROVE, answer="All the same")
        work_off(worker)
        approval, act = last(desk)
        assert (approval.state, act.state, calls(desk, "profile.Purge")) == ("changed", "withdrawn", 0)

    def test_also_when_it_changes_after_it_was_approved_and_before_it_goes_out(self, app, demand, ask, worker, desk):
        demand("force")
        ask("force")
        approval, _act = last(desk)
        with desk.writing() as db:
            assert approvals.approve(db, approval, 4, "Admin", "Yes")
        self.change(app, "anna.new@example.com", "Another")
        work_off(worker)
        approval, act = last(desk)
        assert (approval.state, act.state) == ("changed", "withdrawn")
        assert calls(desk, "profile.ForceChangeEmail") == 0


def test_an_approved_act_of_which_nobody_knows_is_not_sent_again(app, demand, ask, admin, worker, desk):
    demand("erase")
    ask("erase")
    silent = trouble(app, Silent(), only="/purge")
    admin.get(place(desk)).press(APPROVE, answer="Yes")
    work_off(worker)
    assert (last(desk)[1].state, len(silent.calls)) == ("unknown", 1)


def test_a_worker_that_dies_between_approval_and_call_leaves_it_to_the_next_one(demand, ask, worker, desk):
    demand("hard_bounce")
    ask("hard_bounce")
    with desk.writing() as db:
        assert approvals.approve(db, last(desk)[0], 4, "Admin", "Yes")
    with desk.writing() as db:  # one has claimed it and died: its lease is over
        db.execute(update(Work).values(state="running", owner="dead", fence=1, until=now() - timedelta(seconds=1)))
    work_off(worker)
    assert (last(desk)[1].state, calls(desk, "subscriptions.Callback")) == ("done", 1)


def test_a_worker_that_dies_during_the_call_leaves_an_act_of_which_nobody_knows(demand, ask, worker, desk):
    demand("hard_bounce")
    ask("hard_bounce")
    with desk.writing() as db:
        assert approvals.approve(db, last(desk)[0], 4, "Admin", "Yes")
    over = now() - timedelta(seconds=1)
    with desk.writing() as db:  # one began the call and died: its lease is over
        db.execute(update(Work).values(state="running", owner="dead", fence=1, until=over))
        db.execute(update(Act).where(Act.what == "subscriptions.Callback").values(written="trying", until=over))
    work_off(worker)
    assert (last(desk)[1].state, calls(desk, "subscriptions.Callback")) == ("unknown", 0)


def test_a_call_that_no_page_reviews_waits_as_it_is(demand, admin, worker, desk):
    demand("catalogue_delete")
    admin.get("/requests/try/products.Remove").press("Send to Demo", sure="y")
    approval, act = last(desk)
    assert (approval.rule, act.state, calls(desk, "products.Remove")) == ("catalogue_delete", "awaiting", 0)
    with desk.writing() as db:
        assert approvals.approve(db, approval, 99, "Another", "Yes")
    work_off(worker)
    assert (last(desk)[1].state, calls(desk, "products.Remove")) == ("done", 1)


def test_an_administrator_chooses_which_acts_wait(admin, desk):
    page = admin.get("/shops/1").follow("Acts that wait for a second person")
    page.press("Save the choice", mode="own", rules="erase", rows="50", hours="8")
    with desk.reading() as db:
        shop = shops.in_use(db)[0]
    assert (shop.approval_rules, shop.approval_rows, shop.approval_hours) == (["erase"], 50, 8)
    assert page.press("Save the choice", hours="0").status == 422


@pytest.mark.parametrize("way", [("cancel", "resume"), ("undo", "resume"), ("pause", "resume"), ("resume",)])
def test_nothing_that_moves_jobs_sends_what_nobody_approved(way, demand, ask, marketer, desk, worker):
    demand("import_rows")
    ask("import_rows")
    with desk.reading() as db:
        key = db.scalars(select(Work.key).where(Work.act_id == db.scalars(select(Approval.act_id)).one())).one()
    for button in way:
        marketer.post(f"/jobs/{key}/{button}")
    work_off(worker)
    assert calls(desk, "imports.Audience") == 0
