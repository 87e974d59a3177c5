"""Bonus accounts: totals, jumps and negative balances before sending; members and what ends soon afterwards."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.engine.store.jobs import Job
from app.store.acts import Act
from app.store.base import now
from app.store.record_imports import RecordImport
from tests.adapters import Answering, Silent, over, trouble

ANNA = "anna.kowalska@example.com"


def file_of(*rows):
    return "email;balance;total_rewarded;total_used;expires\n" + "\n".join(rows) + "\n"


def brought(visitor, text):
    return visitor.get("/bonus_accounts/imports/new").press("Check it", text=text)


def jobs_of(box):
    with box.extensions["db"].reading() as db:
        return len(db.scalars(select(Job).where(Job.kind == "bonuses")).all())


def words(page, part):
    return " ".join(page.dom.select_one(part).get_text(" ", strip=True).split())


def test_totals_jumps_and_negative_balances_stand_before_anything_is_sent(box, desk, marketer):
    page = brought(marketer, file_of(f"{ANNA};99999;0;0;", "b@example.com;-5;0;0;", "c@example.com;10;100;20;"))
    assert page.status == 200, page.errors
    assert "1 balance is less than nothing" in page.text
    assert page.rows("#jumps table")[0][2] == "99,999"
    assert "Accounts 3 Balance 100,004 Given 100 Spent 20" in words(page, "#totals")
    assert page.rows("#warnings table")[0][2] == "The balance is less than nothing."
    assert jobs_of(box) == 0
    page = page.press("Send 3 accounts", seen="y", reason="Monthly")
    assert "REES46 took 3 accounts" in page.text
    assert jobs_of(box) == 1
    with desk.reading() as db:
        acts = {act.what: act for act in db.scalars(select(Act))}
    assert (acts["bonus_accounts.Import"].state, acts["bonus_accounts.Import"].reason) == ("done", "Monthly")
    assert "anna" not in json.dumps([acts["bonuses.Import"].asked, acts["bonus_accounts.Import"].asked])


def test_what_does_not_add_up_or_ended_is_worth_a_look(marketer):
    text = "email,total_balance,total_rewarded,total_used,expiration\n"
    text += "a@example.com,5,100,20,2020-01-01\nb@example.com,80,100,20,\n"
    told = [row[2] for row in brought(marketer, text).rows("#warnings table")]
    assert told == ["What came and went does not make the balance.", "It ended already, and there is a balance."]


@pytest.mark.parametrize(
    ("row", "what", "why"),
    [
        (";5;0;0;", "customer", "It names no customer."),
        ("not an address;5;0;0;", "email", "not an e-mail address"),
        ("a@example.com;;0;0;", "balance", "This is needed."),
        ("a@example.com;many;0;0;", "balance", "must be a number"),
        ("a@example.com;5;0;0;soon", "expiration", "day and time"),
        ("a@example.com;9999999999999;0;0;", "balance", "too large"),
    ],
)
def test_an_account_that_cannot_be_read_is_left_out_with_its_reason(marketer, row, what, why):
    page = brought(marketer, file_of(row, "b@example.com;5;5;0;"))
    left = page.rows("#problems table")[0]
    assert left[1] == what
    assert why in left[2]
    assert "Send 1 account" in page.text


def test_of_what_was_not_answered_a_person_decides(app, box, desk, marketer):
    page = brought(marketer, file_of("b@example.com;5;5;0;"))
    silent = trouble(app, Silent(), "/import/bonuses")
    page = page.press("Send 1 account", seen="y")
    over(app, silent)
    assert "nobody knows whether it arrived" in page.text
    assert "Look at REES46 first." in page.press("Send them again").text
    page = page.press("Send them again", sure="y")
    assert "REES46 took 1 account" in page.text
    assert jobs_of(box) == 1
    with desk.reading() as db:
        assert db.scalars(select(Act).where(Act.what == "bonus_accounts.SendAgain")).one().outcome == "done"


def test_a_refusal_is_told_and_nothing_is_lost(app, desk, marketer):
    page = brought(marketer, file_of("b@example.com;5;5;0;"))
    trouble(app, Answering(400, json.dumps({"status": "error", "message": "Not today"}).encode()), "/import/bonuses")
    page = page.press("Send 1 account", seen="y")
    assert "Not today" in page.text
    with desk.reading() as db:
        assert db.scalars(select(RecordImport)).one().state == "running"


def test_members_and_what_ends_soon_come_from_the_last_file(app, settings, marketer, viewer, agent):
    app.extensions["settings"] = settings.model_copy(update={"masked": "viewer"})
    soon, later = (f"{now() + timedelta(days=days):%Y-%m-%d}" for days in (5, 90))
    assert "No accounts yet" in viewer.get("/bonus_accounts/").text
    rows = [f"{ANNA};120;120;0;{soon}", f"b@example.com;7;7;0;{later}", "c@example.com;-1;0;0;"]
    brought(marketer, file_of(*rows)).press("Send 3 accounts", seen="y")
    assert len(viewer.get("/bonus_accounts/").rows()) == 3
    assert ANNA not in viewer.get("/bonus_accounts/").html
    ending = agent.get("/bonus_accounts/?show=ending").rows()
    assert [row[0] for row in ending] == [ANNA]
    assert [row[1] for row in agent.get("/bonus_accounts/").follow("Below nothing").rows()] == ["-1"]
    assert viewer.get("/bonus_accounts/imports").row("pasted")[1] == "Sent"
    assert agent.get("/bonus_accounts/imports/new").status == 403


def test_nothing_of_this_kind_is_said_and_pages_of_members_turn(marketer, viewer):
    brought(marketer, file_of(*(f"p{number}@example.com;{number};{number};0;" for number in range(1, 62)))).press(
        "Send 61 accounts", seen="y"
    )
    first = viewer.get("/bonus_accounts/")
    assert len(first.rows()) == 50
    assert len(first.follow("Older").rows()) == 11
    assert "Nothing matches" in viewer.get("/bonus_accounts/?show=negative").text


def test_the_page_of_a_customer_leads_to_bonuses_and_waiting(agent):
    page = agent.post("/customers/find", {"who": ANNA})
    assert page.follow("What they wait for").h1 == "What they wait for"
    assert page.follow("Bonuses and certificates").h1 == "Bonuses and certificates"


def test_columns_of_unknown_names_are_chosen(marketer):
    page = brought(marketer, "Wer;Punkte\nb@example.com;5\n")
    assert page.h1 == "What the columns are"
    assert "Choose which column is “email / phone" in page.press("Check the rows", **{"column-1": "balance"}).text
    page = page.press("Check the rows", **{"column-0": "email", "column-1": "balance"})
    assert page.form("Send 1 account") is not None
