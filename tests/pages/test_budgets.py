"""Budgets by role: counted in the database, refused with the figure, and beyond them only with a second person."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from app.store import budgets
from app.store.acts import Act
from app.store.approvals import Approval
from app.store.base import now
from app.store.budgets import Allowance, BudgetUse, Kind
from app.store.works import Work
from app.web.http.csv import csv_answer
from app.web.safeguards.budgets import OverBudget
from app.work.worker import Worker
from tests.pages.jobs.looking import work_off

ANNA, UMA, ELLA = "anna.kowalska@example.com", "uma.unsubscribed@example.com", "ella.email@example.com"


@pytest.fixture
def may(desk):
    """Let a role do only so much."""

    def may(role, kind, most):
        with desk.writing() as db:
            budgets.set_limits(db, {(role, kind): most})

    return may


def used(desk, kind):
    with desk.reading() as db:
        return sum(db.scalars(select(BudgetUse.number).where(BudgetUse.kind == kind)))


def test_a_customer_is_counted_once_an_hour_and_one_too_many_is_not_shown(agent, may, desk):
    may("support", Kind.PROFILES, 2)
    shown = agent.post("/customers/find", {"who": ANNA})
    assert "Anna Kowalska" in shown.h1
    assert agent.get(shown.path).status == 200
    assert used(desk, Kind.PROFILES) == 1
    agent.post("/customers/find", {"who": UMA})
    refused = agent.post("/customers/find", {"who": ELLA})
    assert (refused.status, refused.h1) == (429, "Beyond your budget")
    assert "Customers opened an hour: your role has 2" in refused.text
    assert ELLA not in refused.text
    assert agent.get(shown.path).status == 200
    assert used(desk, Kind.PROFILES) == 2


def test_a_second_person_lets_somebody_go_on_for_an_hour(app, agent, marketer, may, desk):
    may("support", Kind.PROFILES, 0)
    form = agent.post("/customers/find", {"who": ANNA}).follow("Ask a second person")
    form.press("Ask a second person", why="A recall: 900 customers to call")
    with desk.reading() as db:
        approval = db.scalars(select(Approval)).one()
    assert agent.post(f"/approvals/{approval.key}/approve", {"answer": "Mine"}).status == 409
    assert agent.post("/customers/find", {"who": ANNA}).status == 429
    marketer.get(f"/s/demo/approvals/{approval.key}").press("Approve and send", answer="I know of the recall")
    work_off(Worker(app))
    assert agent.post("/customers/find", {"who": ANNA}).status == 200
    with desk.reading() as db:
        act = db.get(Act, approval.act_id)
    assert (act.what, act.state, act.reason) == ("budgets.Allow", "done", "A recall: 900 customers to call")
    with desk.writing() as db:
        db.execute(update(Allowance).values(until=now()))
    assert agent.post("/customers/find", {"who": UMA}).status == 429


def test_a_file_is_refused_whole_and_counted_by_its_rows(admin, may, desk):
    may("admin", Kind.EXPORTED, 0)
    admin.post("/segments/name", {"segment_id": "313", "name": "Loyal riders"})
    assert admin.get("/trail/?as=csv").status == 429
    assert used(desk, Kind.EXPORTED) == 0
    may("admin", Kind.EXPORTED, 1000)
    assert admin.get("/trail/?as=csv").status == 200
    assert used(desk, Kind.EXPORTED) > 0


def test_lists_of_no_shop_and_all_of_a_long_file_are_counted_too(app, admin, may, desk, monkeypatch):
    may("admin", Kind.EXPORTED, 5)
    rows = [["x"]] * 5
    with app.test_request_context("/people/?as=csv"):
        monkeypatch.setattr("app.web.http.csv.prove_first", lambda: None)
        monkeypatch.setattr("app.web.safeguards.budgets.me", lambda: SimpleNamespace(id=4, role_here="admin"))
        monkeypatch.setattr("app.web.sign_in.events.me", lambda: SimpleNamespace(id=4, name="Admin"))
        monkeypatch.setattr("app.web.http.csv.AT_ONCE", 2)
        assert csv_answer("people", ["a"], rows).get_data(as_text=True).count("x") == 5
        assert used(desk, Kind.EXPORTED) == 5
        with pytest.raises(OverBudget):
            csv_answer("people", ["a"], rows)
    assert used(desk, Kind.EXPORTED) == 5


def test_a_list_that_is_looked_up_is_counted_by_its_lines_before_rees46_is_asked(viewer, may, desk):
    may("viewer", Kind.LOOKED_UP, 3)
    viewer.get("/customers/bulk").press("Find them all", lines=f"{ANNA}\n{UMA}")
    assert used(desk, Kind.LOOKED_UP) == 2
    refused = viewer.get("/customers/bulk").press("Find them all", lines=f"{ANNA}\n{UMA}")
    assert (refused.status, used(desk, Kind.LOOKED_UP)) == (429, 2)
    assert "Lines of lists looked up a day: your role has 3" in refused.text
    many = "\n".join(f"{number}@example.com" for number in range(600))  # by a worker
    assert viewer.get("/customers/bulk").press("Find them all", lines=many).status == 429
    with desk.reading() as db:
        assert db.scalars(select(Work)).all() == []


def test_showing_contacts_has_a_figure_too_and_a_refused_one_is_not_counted(agent, may, desk):
    may("support", Kind.REVEALS, 1)
    page = agent.post("/customers/find", {"who": ANNA})
    path = f"{page.path}/reveal"
    agent.post(path, {"reason": "They called"})
    assert used(desk, Kind.REVEALS) == 1
    assert agent.post(path, {"reason": "They called again"}).status == 429
    assert used(desk, Kind.REVEALS) == 1


def test_a_bulk_act_beyond_the_budget_does_not_begin(agent, may, desk):
    may("support", Kind.BULK_ROWS, 0)
    page = agent.get("/bulk/new").press("Go on", who=f"{ANNA}\n{ELLA}")
    page = page.press("Look first", within="#segments-add", **{"segments.add-segment_id": "313"})
    refused = page.press("Do it for 1 customer", reason="x")
    assert refused.status == 429
    with desk.reading() as db:
        assert db.scalars(select(Act).where(Act.what == "bulk.Run")).all() == []


def test_several_processes_count_together(desk):
    with desk.writing() as db:
        assert budgets.count(db, 1, "support", Kind.MESSAGES, 2) == (2, 300)
    with desk.writing() as db:
        assert budgets.count(db, 1, "support", Kind.MESSAGES, 3) == (5, 300)
        assert budgets.count(db, 2, "support", Kind.MESSAGES, 1) == (1, 300)


def test_an_administrator_says_how_much_and_sees_who_did_unusually_much(admin, agent, desk):
    page = admin.get("/budgets/").press("Save the budgets", support_profiles="7")
    with desk.reading() as db:
        assert budgets.limits(db)["support", Kind.PROFILES] == 7
    assert page.press("Save the budgets", support_profiles="-1").status == 422
    assert agent.get("/budgets/").status == 403
    week = timedelta(days=7)
    with desk.writing() as db:
        db.add(BudgetUse(person_id=2, kind=Kind.PROFILES, at=now() - timedelta(days=1), number=400))
        db.add(BudgetUse(person_id=2, kind=Kind.PROFILES, at=now() - 2 * week, number=40))
        db.add(BudgetUse(person_id=3, kind=Kind.PROFILES, at=now() - timedelta(days=2), number=40))
    page = admin.get("/budgets/outliers")
    assert "400 unusual" in " ".join(page.row("Support")[1].split())
    assert "unusual" not in " ".join(page.row("Marketer")).replace("usual 0", "")
