"""The test matrix: scenarios of a template, expected first, sent once, judged by machine and person, signed off."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app.store import erasing
from app.store.acts import Act
from app.store.base import now
from app.store.campaigns import Campaign
from app.store.matrix import MatrixCell, MatrixMessage, MatrixScenario
from app.store.people import Person
from app.store.recipients import Recipient
from app.store.sends import Send
from app.store.shops import Shop
from app.store.works import Work
from app.work.worker import Worker
from tests.adapters import Answering, over, trouble
from tests.pages.jobs.looking import work_off
from tests.pages.test_messages import outbox
from tests.pages.test_messages_delivered import register

__all__ = ["outbox", "register"]
ANNA = "anna.kowalska@example.com"
PNG = b"\x89PNG\r\n\x1a\n and the rest"


@pytest.fixture
def plan(marketer, register):
    """A plan for the campaign of this name, with scenarios of its template, or with one of its own."""

    def make(name="Order delivered", make="y", who=ANNA):
        page = marketer.get("/tests/new")
        number = next(one.get("value") for one in page.tree.cssselect("#campaign option") if one.text == name)
        return page.press("Make the plan", campaign=number, name="Trial", who=who, make=make)

    return make


def test_white_space_is_nobody(plan):
    page = plan(who="\n \t")
    assert page.status == 422
    assert "This is needed." in page.errors


def add(page, **fields):
    """Add a scenario to a plan."""
    said = {"name": "One", "who": ANNA, "variables": '{"order": {"number": "7"}}', **fields}
    return page.follow("Add a scenario").press("Save the scenario", **said)


def run(page, button="Run it"):
    """Run a plan to its end, as the worker does."""
    page = page.press(button)
    work_off(Worker(page.visitor.client.application))
    return page.visitor.get(page.path)


def cells(desk):
    with desk.reading() as db:
        return {
            (cell.scenario_id, cell.channel): cell for cell in db.scalars(select(MatrixCell).order_by(MatrixCell.id))
        }


def outcomes(desk):
    return [cell.outcome for cell in cells(desk).values()]


def test_scenarios_are_made_of_languages_branches_defaults_and_edges(plan, desk):
    page = plan("Courier is on the way", who="+79990000001")
    assert page.h1 == "Trial"
    with desk.reading() as db:
        rows = {row.name: row for row in db.scalars(select(MatrixScenario))}
    assert list(rows) == [
        "Everything given, in English",
        "Everything given, in Russian",
        "hours is 1",
        "The longest name",
        "Signs of HTML and an emoji in the name",
        "No name",
    ]
    assert rows["hours is 1"].variables["hours"] == 1
    assert rows["Everything given, in English"].variables["hours"] == 2
    assert {"check": "encoding", "value": "UCS-2"} in rows["Everything given, in Russian"].expected["sms"]
    assert "name" not in rows["No name"].variables


def test_codes_of_scenarios_are_no_real_ones(plan, desk):
    plan("Welcome with a promo code")
    with desk.reading() as db:
        codes = {row.variables["promocode"] for row in db.scalars(select(MatrixScenario))}
    assert all(code.startswith("TEST-") for code in codes)


def test_a_run_sends_each_scenario_once_and_judges_every_channel(plan, outbox, desk, marketer):
    before = len(outbox())
    page = run(plan())
    with desk.reading() as db:
        sends = db.scalars(select(Send)).all()
        whole = db.scalars(select(Act).where(Act.what == "tests.Run")).one()
    assert len({(send.id, send.number) for send in sends}) == len({message.code for message in outbox()}) - len(
        {message.code for message in outbox()[len(outbox()) - before :]}
    )
    assert all(send.act.parent_id == whole.id for send in sends)
    assert {cell.channel for cell in cells(desk).values()} == {"email", "web_push", "mobile_push", "sms"}
    wrong = {cell.scenario_id for cell in cells(desk).values() if cell.outcome != "right"}
    with desk.reading() as db:  # Anna speaks English: the Russian copy never comes to her
        assert {db.get_one(MatrixScenario, number).name for number in wrong} == {"Everything given, in Russian"}
    assert "cells are as expected" in page.text


def test_each_expectation_is_held_against_what_came(plan, desk):
    page = add(
        plan(make=""),
        **{"sms-0-check": "contains", "sms-0-value": "Order 7", "sms-1-check": "parts", "sms-1-value": "1"},
        **{"email-0-check": "lacks", "email-0-value": "Order 7", "web_push-0-check": "nothing"},
    )
    page = run(page)
    assert {cell.channel: cell.outcome for cell in cells(desk).values()} == {
        "sms": "right",
        "email": "wrong",
        "web_push": "wrong",
        "mobile_push": "",
    }
    assert "nothing comes over this channel: It came." in page.text


def test_a_refusal_may_be_what_is_expected(plan, app, desk):
    page = add(plan(make=""), **{"sms-0-check": "refused", "sms-0-value": "no such", "email-0-check": "preview"})
    refusing = trouble(app, Answering(400, b'{"message":"No such campaign"}'), only="transact")
    page = run(page)
    over(app, refusing)
    assert {cell.channel: cell.outcome for cell in cells(desk).values()}["sms"] == "right"
    assert "REES46 refused it: No such campaign" in page.text


@pytest.mark.parametrize(
    ("check", "value", "words"),
    [
        ("parts", "many", "Say a number of parts, such as 1."),
        ("encoding", "UTF-8", "Write GSM-7 or UCS-2."),
        ("contains", "", "Say the value."),
        ("", "text", "Choose what to check “text” for."),
    ],
)
def test_what_cannot_be_checked_is_said_and_nothing_is_lost(plan, check, value, words):
    page = add(plan(make=""), **{"sms-0-check": check, "sms-0-value": value})
    assert page.status == 422
    assert words in page.text
    assert page.tree.cssselect("#name")[0].get("value") == "One"


def test_failed_cells_run_again_alone_and_runs_are_compared(plan, desk, marketer):
    page = add(plan(make=""), **{"sms-0-check": "contains", "sms-0-value": "Order 8", "email-0-check": "preview"})
    first = run(page)
    with desk.writing() as db:
        row = db.scalars(select(MatrixScenario)).one()
        row.variables = {"order": {"number": "8"}}
    page = run(first, "Run 1 failed cell again")
    with desk.reading() as db:
        again = db.scalars(select(MatrixMessage).order_by(MatrixMessage.id.desc())).first()
        assert [(cell.channel, cell.outcome) for cell in again.cells] == [("sms", "right")]
    assert "better" in page.text
    assert "failed cells of an earlier run" in page.text


def test_a_person_judges_with_note_and_picture_and_a_second_person_signs(plan, desk, marketer, agent, viewer):
    show = add(plan(make=""), **{"sms-0-check": "contains", "sms-0-value": "Order 8"})
    first = run(show)
    page = first.follow("wrong").press(
        "Keep the verdict", word="right", note="On my phone", picture=(BytesIO(b"GIF89a"), "a")
    )
    assert page.status == 422
    page = page.press("Keep the verdict", picture=(BytesIO(PNG), "a.png"))
    number = next(iter(cells(desk).values())).id
    cell = next(cell for cell in cells(desk).values() if cell.word)
    assert (cell.outcome, cell.note, cell.picture_kind) == ("right", "On my phone", "image/png")
    answer = viewer.client.get(f"/tests/cells/{cell.id}/picture")
    assert (answer.data, answer.mimetype) == (PNG, "image/png")
    assert number

    assert "signs it off" in marketer.get(show.path).text
    assert "Sign it off" not in marketer.get(show.path).html
    key = show.path.rpartition("/")[2]
    token = marketer.get(show.path)
    page = agent.get(show.path).press("Sign it off", note="Seen")
    assert "Signed off by Support" in page.text
    assert token.status == 200
    with desk.writing() as db:
        campaign = db.scalars(select(Campaign).where(Campaign.code == "order_delivered")).one()
        campaign.templates = campaign.templates | {"sms": "Another text"}
    assert "lapsed" in agent.get(f"/tests/{key}").text


def test_whoever_ran_it_cannot_sign_it_off(plan, desk, marketer, agent):
    show = add(plan(make=""), **{"sms-0-check": "preview"})
    run(show)
    page = agent.get(show.path)
    form, _button = page.form("Sign it off")
    answer = marketer.get(show.path)
    token = answer.tree.cssselect("[name=csrf_token]")[0].get("value")
    refused = marketer.post(form.get("action"), {"csrf_token": token, "note": ""})
    assert "a second person signs it off" in refused.text


def test_a_message_at_which_a_worker_died_is_unknown_and_never_sent_again(plan, app, outbox, desk):
    class Killed(BaseException):
        """What a killed process does not even see."""

    class Killing(Answering):
        def answer(self):
            raise Killed

    page = add(plan(make=""), **{"sms-0-check": "preview"})
    page = add(page, name="Two", **{"sms-0-check": "preview"})
    killing = trouble(app, Killing(), only="transact")
    with pytest.raises(Killed):
        page.press("Run it")
    over(app, killing)
    before = {message.code for message in outbox()}
    with desk.writing() as db:  # its leases end
        for work in db.scalars(select(Work).where(Work.state == "running")):
            work.until = now()
        db.scalars(select(Act).where(Act.what == "messages.Transact")).one().until = now()
    work_off(Worker(app))
    assert {(cell.scenario_id, cell.outcome) for cell in cells(desk).values() if cell.expected} == {
        (1, "unknown"),
        (2, "right"),
    }
    assert len({message.code for message in outbox()} - before) == 1


def test_one_undo_window_holds_the_whole_run(plan, app, outbox, desk):
    page = add(plan(make=""), **{"sms-0-check": "preview"})
    with desk.writing() as db:
        for person in db.scalars(select(Person)):
            person.undo_seconds = 10
    before = len(outbox())
    page = page.press("Run it")
    work_off(Worker(app))
    assert len(outbox()) == before
    page = page.press("Undo (10 s)")
    assert len(outbox()) == before
    assert "Nothing went out." in page.visitor.get(page.path).text or page.path.startswith("/jobs")


def test_a_run_never_passes_the_allow_list_of_a_live_shop(plan, outbox, desk):
    page = add(plan(make=""), **{"sms-0-check": "preview"})
    with desk.writing() as db:
        db.get_one(Shop, 1).kind = "live"
        db.add(Recipient(shop_id=1, kind="phone", value="+79990000009", whose="X", added_by="M"))
    before = len(outbox())
    page = page.press("Run it")
    assert "these go to nobody on the allow-list: One" in page.text
    assert len(outbox()) == before


def test_who_is_erased_is_forgotten_in_tests_too(plan, desk, settings):
    page = run(add(plan(make=""), **{"sms-0-check": "contains", "sms-0-value": "Order 7"})).follow("Trial")
    with desk.writing() as db:
        customer = db.scalars(select(MatrixScenario)).one().customer_id
        erasing.erase(db, 1, [customer], [], settings.key)
    with desk.reading() as db:
        told = [
            str(vars(row)) for table in (MatrixScenario, MatrixMessage, MatrixCell) for row in db.scalars(select(table))
        ]
    assert not any("Order 7" in words or ANNA in words for words in told)
    page = page.press("Run it")
    assert "“One” goes to somebody who was erased. Nothing was sent." in page.text


def test_a_plan_is_cloned_and_a_run_is_told_as_report_and_file(plan, marketer, desk):
    show = add(plan(make=""), **{"sms-0-check": "contains", "sms-0-value": "Order 7"})
    first = run(show)
    assert "Order 7 is delivered" in first.follow("Report").text
    answer = marketer.client.get(first.link("As a file"))
    assert "Order 7 is delivered" in answer.get_data(as_text=True)
    clone = marketer.get(show.path).press("Clone")
    assert clone.h1 == "Trial, copy"
    assert "It was not run yet." in clone.text
    assert len(marketer.get("/tests/").rows()) == 2
    page = clone.follow("Edit One").press("Take it out")
    assert "No scenarios yet" in page.text
