"""What the desk lets go of: by schedules, for as long as administrators say, never while somebody does something."""

import secrets
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select

from app.store import sweeping
from app.store.acts import Act
from app.store.approvals import Approval
from app.store.base import now
from app.store.benches import BenchRun
from app.store.box_notices import BoxNotice
from app.store.brought_files import BroughtFile
from app.store.budgets import BudgetUse
from app.store.campaigns import Campaign
from app.store.customers import KnownCustomer, Visit
from app.store.daily import DailyFigure, DailyReading
from app.store.event_runs import EventRun
from app.store.exchanges import Exchange
from app.store.exports import Export
from app.store.imports import Part
from app.store.last_replies import LastReply
from app.store.lookups import Lookup
from app.store.matrix import MatrixPlan, MatrixRun
from app.store.notices import Notice
from app.store.orders_seen import SeenOrder
from app.store.products_seen import ProductSighting, SeenProduct
from app.store.promo_batches import PromoBatch
from app.store.promo_stock import PromoStock
from app.store.record_imports import RecordImport
from app.store.results import Result
from app.store.schedules import Schedule
from app.store.sends import Send
from app.store.sessions import BrowserSession
from app.store.trigger_stories import TriggerStory
from app.store.wrong_passwords import WrongPassword
from app.work.schedules import PLANNED, Clock
from tests.pages.test_customers_bulk import looked_up
from tests.schedules import run

CALL = {"operation": "x", "method": "GET", "path": "/", "curl": "", "outcome": "done", "milliseconds": 1, "answer": ""}
STORY = {
    "shop_id": 1,
    "person": "Ann",
    "customer_id": 1,
    "name": "",
    "kind": "price",
    "plot": "told",
    "item_id": "1012",
    "item": {},
    "before": {},
}
SEND = {"person_id": 1, "person": "Ann", "kind": "sms", "campaign": "x", "asked": {}, "recipient_id": 1}
RUN = {"person": "Ann", "title": "x", "did": "x", "seance": "x"}
ROWS = {  # what is made at a moment
    "requests.forget": lambda at: Exchange(shop_id=1, at=at, **CALL),
    "results.forget": lambda at: Result(shop_id=1, person_id=1, endpoint="x", locked="", at=at),
    "lookups.forget": lambda at: Lookup(shop_id=1, person_id=1, many=0, at=at),
    "customers.forget_replies": lambda at: LastReply(shop_id=1, customer_id=1, kind=str(at), read=at, text=""),
    "messages.forget_drafts": lambda at: Send(shop_id=1, at=at, **SEND),
    "catalogue.forget_notices": lambda at: BoxNotice(shop_id=1, at=at, number=int(at.timestamp()), kind="x", said={}),
    "exports.forget": lambda at: Export(shop_id=1, person_id=1, at=at, address="/"),
    "files.forget": lambda at: BroughtFile(shop_id=1, at=at, content=b"x"),
    "promo_codes.forget_stock": lambda at: PromoStock(shop_id=1, day=at.date(), list_id="1", available=1),
    "daily.forget": lambda at: DailyFigure(shop_id=1, kind="x", day=at.date(), name="x", number=1),
    "account.forget_tries": lambda at: WrongPassword(name="x", at=at),
    "products.forget": lambda at: ProductSighting(seen_id=1, at=at),
    "customers.forget_visits": lambda at: Visit(person_id=at.toordinal(), shop_id=1, customer_id=1, at=at),
    "events.forget": lambda at: EventRun(shop_id=1, person_id=1, at=at, once=str(at), **RUN),
    "orders.forget": lambda at: SeenOrder(shop_id=1, number=str(at), read=at),
    "orders.forget_imports": lambda at: RecordImport(shop_id=1, at=at, person_id=1, person="Ann", kind="orders"),
    "benches.forget": lambda at: BenchRun(shop_id=1, bench="search", person="Ann", at=at, total=0),
    "benches.forget_stories": lambda at: TriggerStory(**STORY, once=secrets.token_hex(8), at=at),
    "tests.forget": lambda at: MatrixRun(shop_id=1, plan_id=1, person_id=1, person="Ann", at=at, digest=""),
    "budgets.forget": lambda at: BudgetUse(person_id=1, kind="x", at=at, number=1),
    "approvals.forget": lambda at: Approval(
        shop_id=1,
        person_id=1,
        person="Ann",
        rule="erase",
        kind="x",
        at=at,
        act_id=at.toordinal(),
        until=at,
        mark="",
        locked="",
    ),
    "notices.forget": lambda at: Notice(key=str(at), kind="job", at=at),
}


@pytest.fixture(autouse=True)
def what_rows_are_about(desk):
    with desk.writing() as db:
        db.add(KnownCustomer(id=1, shop_id=1, kind="email", value="a@example.com"))
        db.add(SeenProduct(id=1, shop_id=1, item_id="1", read=now()))
        db.add(Campaign(id=1, shop_id=1, kind="sms", code="x", name="x"))
        db.add(MatrixPlan(id=1, shop_id=1, campaign_id=1, name="x", person_id=1, person="Ann"))


def days_kept(desk, name):
    """The ages in days of the rows that are there, of those that were made for a test."""
    table = type(ROWS[name](now()))
    column = getattr(table, "at", None) or getattr(table, "read", None) or table.day
    with desk.reading() as db:
        moments = db.scalars(select(column)).all()
    return sorted(((now().date() if type(moment) is date else now()) - moment).days for moment in moments)


@pytest.mark.parametrize("name", ROWS)
def test_what_is_older_than_is_said_goes_and_the_rest_stays(app, desk, name):
    usual = PLANNED[name].days
    with desk.writing() as db:
        for days in (0, usual - 0.5, usual + 1.5, usual + 20):
            db.add(ROWS[name](now() - timedelta(days=days)))
    run(name, app)
    assert len(days_kept(desk, name)) == 2
    assert max(days_kept(desk, name)) <= usual


@pytest.mark.parametrize("name", ["requests.forget", "files.forget", "results.forget"])
def test_administrators_say_for_how_long(app, desk, admin, name):
    Clock(app).step()
    page = admin.get(f"/schedules/{name}/keep").press("Keep for so long", days="3")
    assert "3 days" in page.text
    with desk.writing() as db:
        for days in (1, 2, 4):
            row = ROWS[name](now() - timedelta(days=days))
            if name == "results.forget":
                row.expires = now() + timedelta(days=9)
            db.add(row)
    run(name, app)
    assert days_kept(desk, name)[-1] == 2
    with desk.reading() as db:
        act = db.scalars(select(Act).where(Act.what == "schedules.Keep")).one()
        assert act.before == {"days": PLANNED[name].days}
        assert act.after == {"days": 3}


@pytest.mark.parametrize("days", ["", "0", "-1", "x", "31", "1.5", "9" * 40])
def test_a_time_that_makes_no_sense_is_refused_and_changes_nothing(app, desk, admin, days):
    Clock(app).step()
    page = admin.get("/schedules/files.forget/keep").press("Keep for so long", days=days)
    assert page.status == 422
    with desk.reading() as db:
        assert db.get_one(Schedule, "files.forget").days is None


def test_what_lets_go_of_nothing_has_no_time_and_only_administrators_choose(admin, marketer):
    assert admin.get("/schedules/promo_codes.stock/keep").status == 404
    assert admin.get("/schedules/nonsense/keep").status == 404
    assert marketer.get("/schedules/files.forget/keep").status == 403


def test_many_rows_go_in_short_transactions(app, desk, monkeypatch):
    monkeypatch.setattr(sweeping, "AT_ONCE", 10)
    with desk.writing() as db:
        db.add_all(ROWS["requests.forget"](now() - timedelta(days=999)) for _ in range(35))
    commits = []

    def count(_connection):
        commits.append(1)

    event.listen(desk.engine, "commit", count)
    run("requests.forget", app)
    event.remove(desk.engine, "commit", count)
    assert days_kept(desk, "requests.forget") == []
    assert len(commits) >= 4


def test_sessions_that_are_over_go_and_those_that_are_not_stay(app, desk, admin):
    with desk.writing() as db:
        before = db.scalar(select(func.count()).select_from(BrowserSession))
        for number, hours in enumerate((1, 13, 400)):
            moment = now() - timedelta(hours=hours)
            db.add(BrowserSession(person_id=1, digest=str(number), device="", address="", began=moment, seen=moment))
    run("account.forget_sessions", app)
    with desk.reading() as db:
        assert db.scalar(select(func.count()).select_from(BrowserSession)) == before + 1
    assert admin.get("/").status == 200


def test_nothing_is_let_go_of_while_a_person_does_something(app, desk, marketer, agent):
    """All that people do here makes rows of tables that are swept; none of it deletes an old one."""
    old = now() - timedelta(days=500)
    with desk.writing() as db:
        db.add_all(make(old) for name, make in ROWS.items() if name != "account.forget_tries")
        db.add_all([DailyReading(shop_id=1, kind="x", day=old.date(), read=old)])
        db.add(PromoBatch(shop_id=1, person="Ann", source="pasted", codes=["A"], at=old, forget=old))
    before = counts(desk)
    looked_up(agent, "a@example.com")
    marketer.get("/promo_codes/upload").press("Check the codes", list="3184", codes="X-1")
    assert not [table for table, number in before.items() if counts(desk)[table] < number]
    with desk.reading() as db:
        assert db.scalars(select(PromoBatch.codes).order_by(PromoBatch.id)).first() == ["A"]
    run("promo_codes.forget", app)
    with desk.reading() as db:
        assert db.scalars(select(PromoBatch.codes).order_by(PromoBatch.id)).first() == []


def counts(desk):
    tables = [type(make(now())) for make in ROWS.values()] + [DailyReading, Part]
    with desk.reading() as db:
        return {table.__name__: db.scalar(select(func.count()).select_from(table)) for table in tables}


def test_every_sweeper_is_tried_here(app):
    assert {name for name, planned in PLANNED.items() if planned.days} == {
        *ROWS,
        "catalogue.forget",
        "imports.forget",
        "promo_codes.forget",
        "trail.forget",  # of whole seals, see tests/store/test_seals.py
    }
