"""Undoing an import: written back where nothing changed since, and the rest named with its reason."""

import pytest
from sqlalchemy import delete, select

from app.engine.store.subscription_log import SubscriptionChange
from app.engine.store.suppressions import DoNotUse
from app.store.acts import Act
from app.store.bulks import BulkRow
from app.store.imports import Part
from app.store.people import Person
from app.work.worker import Worker as DeskWorker
from tests.pages.imports.conftest import ANNA

NEW = "new@example.com"
FILE = f"email,first name,location,middle name\n{ANNA},Annabel,Mars,Maria\n{NEW},Nova,Moon,\n"


@pytest.fixture
def imported(bring, worked_off):
    """An import of one customer who is known and of one who is new."""

    def do(content=FILE):
        page = bring(content).press("Import 2 customers")
        worked_off()
        return page

    return do


def rows(desk):
    with desk.reading() as db:
        found = db.scalars(select(BulkRow).order_by(BulkRow.id)).all()
    return {row.customer.value: (row.outcome, row.why) for row in found}


def test_the_dry_run_says_what_goes_back_and_names_what_cannot(imported, desk):
    page = imported().press("Undo: look first")
    outcome, why = rows(desk)[ANNA]
    assert outcome == "change"
    assert "Back to: First name = Anna" in why
    assert "REES46 did not tell what it was: " in why
    assert rows(desk)[NEW][0] == "refused"
    assert "only erasing a customer does" in rows(desk)[NEW][1]
    assert "It will be done for 1 customer." in page.text


def test_what_was_there_is_written_back_as_one_act_with_its_parts(imported, marketer, worked_off, desk):
    page = imported().press("Undo: look first").press("Do it for 1 customer", reason="The wrong file")
    worked_off()
    assert "Done for 1 customer" in page.text
    with desk.reading() as db:
        whole = db.scalars(select(Act).where(Act.what == "bulk.Run")).one()
        part = db.scalars(select(Act).where(Act.what == "imports.Audience").order_by(Act.id.desc())).first()
    assert (whole.outcome, part.parent_id, part.reason) == ("done", whole.id, "The wrong file")
    found = marketer.get("/customers/bulk").press("Find them all", lines=ANNA)
    assert "Anna Kowalska" in found.text


def test_what_changed_since_is_left_alone_and_said(imported, bring, worked_off, desk):
    page = imported()
    bring(f"email,first name\n{ANNA},Joanna\n").press("Import 1 customer")
    worked_off()
    page.press("Undo: look first")
    assert "Changed since, and left alone: First name." in rows(desk)[ANNA][1]
    assert "First name =" not in rows(desk)[ANNA][1]


def test_its_people_are_taken_out_of_the_segment(imported, desk):
    page = imported().press("Take its people out of the segment: look first")
    assert set(rows(desk)) == {ANNA, NEW}
    page = page.press("Do it for 2 customers")
    assert "Done for 2 customers" in page.text


def test_what_is_kept_for_it_is_encrypted_and_goes_with_the_rows(imported, desk):
    imported()
    with desk.reading() as db:
        kept = db.scalars(select(Part.had)).one()
    assert kept
    assert ANNA not in kept
    assert "Anna" not in kept


def test_the_undo_waits_in_its_window_too(imported, app, desk):
    page = imported().press("Undo: look first")
    with desk.writing() as db:
        for person in db.scalars(select(Person)):
            person.undo_seconds = 10
    assert "Nothing has gone out yet" in page.press("Do it for 1 customer").text
    assert not DeskWorker(app).step()


@pytest.mark.parametrize("verb", ["undo", "take-out"])
def test_support_may_not_undo_an_import(imported, agent, verb):
    page = imported()
    assert agent.post(f"{page.path}/{verb}", {}).status == 403


SUPPRESSED = f"{ANNA}\n{NEW}\n"


@pytest.fixture
def suppressed(marketer, worked_off):
    """A list of suppressed addresses, of one who gets e-mail and of nobody's."""

    def do():
        page = marketer.get("/imports/new?kind=suppressed").press("Read it", text=SUPPRESSED)
        page = page.press("Suppress 2 addresses")
        worked_off()
        return page

    return do


def test_a_suppression_that_no_call_lifts_is_named_with_what_was_on_before(suppressed, desk):
    page = suppressed().press("Undo: look first")
    found = rows(desk)
    assert [outcome for outcome, _why in found.values()] == ["refused", "refused"]
    assert "No call of REES46 lifts that, only its support does. On before: Consent: bulk e-mail" in found[ANNA][1]
    assert "No e-mail was on before." in found[NEW][1]
    assert "It will be done for 0 customers." in page.text


def test_once_support_has_lifted_it_what_was_on_is_turned_on_again(suppressed, box, worked_off, desk):
    page = suppressed()
    with box.extensions["db"].writing() as there:
        there.execute(delete(DoNotUse).where(DoNotUse.contact.in_((ANNA, NEW))))
    page = page.press("Undo: look first")
    assert {who: outcome for who, (outcome, _why) in rows(desk).items()} == {ANNA: "change", NEW: "same"}
    page.press("Do it for 1 customer", reason="The wrong list")
    worked_off()
    with box.extensions["db"].reading() as there:
        changes = there.scalars(select(SubscriptionChange).order_by(SubscriptionChange.id.desc()).limit(3)).all()
    assert {(change.contact, change.event) for change in changes} == {(ANNA, "subscribe")}
