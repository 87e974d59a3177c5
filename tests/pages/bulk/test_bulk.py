"""Bulk acts: rows are chosen, looked at, and done one by one, each with an outcome of its own."""

import pytest
from sqlalchemy import select

from app.store import segment_names
from app.store.acts import Act
from app.store.base import now
from app.store.bulks import Bulk, BulkRow
from app.store.people import Person
from app.store.works import Work
from app.work.worker import Worker
from tests.adapters import Answering, Dead, Silent, over, trouble
from tests.pages.jobs.looking import work_off

ANNA, VERA, ELLA = "anna.kowalska@example.com", "vera.sokolova@example.com", "ella.email@example.com"
UMA, CLARA = "uma.unsubscribed@example.com", "clara.complained@example.com"


@pytest.fixture
def worker(app):
    return Worker(app)


@pytest.fixture
def chosen(agent, desk):
    """A bulk act of these customers, of which nothing is decided yet."""
    with desk.writing() as db:
        segment_names.meet(db, 1, {"313": "static"})
    return lambda *who: agent.get("/bulk/new").press("Go on", who="\n".join(who))


def looked(page, segment="313", kind="segments-add"):
    name = kind.replace("-", ".")
    return page.press("Look first", within=f"#{kind}", **{f"{name}-segment_id": segment})


def outcomes(desk):
    with desk.reading() as db:
        return [row.outcome for row in db.scalars(select(BulkRow).order_by(BulkRow.id))]


def test_a_dry_run_says_of_each_row_what_will_happen_and_sends_nothing(chosen, desk):
    page = looked(chosen(ANNA, ELLA, "CARD-OF-NOBODY"))
    said = [page.row(who)[1] for who in (ANNA, ELLA, "CARD-OF-NOBODY")]
    assert said == ["So already", "Will change", "Refused"]
    assert "It will be done for 1 customer. 1 is so already and is left alone. 1 cannot be changed" in page.text
    with desk.reading() as db:
        assert db.scalars(select(Act).where(Act.what == "segments.Add")).all() == []


def test_each_row_is_an_act_of_its_own_under_one_act_and_is_so_afterwards(chosen, agent, desk):
    page = looked(chosen(UMA, ELLA)).press("Do it for 2 customers", reason="They came to the fair")
    assert "Done for 2 customers" in page.text
    assert outcomes(desk) == ["done", "done"]
    with desk.reading() as db:
        whole = db.scalars(select(Act).where(Act.what == "bulk.Run")).one()
        parts = db.scalars(select(Act).where(Act.what == "segments.Add")).all()
    assert (whole.outcome, whole.reason) == ("done", "They came to the fair")
    assert [(part.parent_id, part.customer_id is not None) for part in parts] == [(whole.id, True)] * 2
    assert agent.get("/trail/").row("Changed many customers at once")[4].startswith("2 of 2")
    again = looked(chosen(UMA, ELLA))
    assert "2 are so already and are left alone." in again.text
    assert "They are in it already." in again.text


def test_they_are_taken_out_again(chosen, desk):
    looked(chosen(ELLA)).press("Do it for 1 customer")
    page = looked(chosen(ELLA), kind="segments-remove")
    page.press("Do it for 1 customer")
    again = looked(chosen(ELLA), kind="segments-remove")
    assert "They are not in it." in again.text


def test_subscriptions_are_changed_where_they_differ_and_nobodys_own_no_is_overruled(chosen, desk):
    kind = {"subscriptions.many-email_bulk": "true"}
    page = chosen(ANNA, UMA).press("Look first", within="#subscriptions-many", **kind)
    assert "Change them one by one." in page.text
    off = {"subscriptions.many-email_bulk": "false", "subscriptions.many-email_chain": "false"}
    page = chosen(ELLA).press("Look first", within="#subscriptions-many", **off)
    assert "E-mail: bulk → off" in page.text
    assert "Done for 1 customer" in page.press("Do it for 1 customer").text
    page = chosen(ELLA).press("Look first", within="#subscriptions-many", **off)
    assert "It is so already." in page.text


def test_what_asks_for_no_change_is_refused_with_words(chosen):
    page = chosen(ELLA).press("Look first", within="#subscriptions-many")
    assert page.status == 422
    assert "Nothing would change" in page.text


def test_a_refused_row_stops_no_other_and_comes_back_as_a_file_and_is_tried_again(chosen, app, agent, desk):
    page = looked(chosen(UMA, ELLA))
    refusing = trouble(app, Answering(400, b'{"message":"No such segment"}'), only="segments/add")
    page = page.press("Do it for 2 customers")
    over(app, refusing)
    assert outcomes(desk) == ["refused", "refused"]
    assert "No such segment" in page.text
    lines = agent.get(page.link("Download what is not done")).html.removeprefix("\ufeff").splitlines()
    assert lines[1:] == [f"{who},refused,No such segment" for who in (UMA, ELLA)]
    page.press("Try again what failed")
    assert outcomes(desk) == ["done", "done"]


@pytest.mark.parametrize("adapter", [Dead(), Silent()])
def test_where_a_second_time_does_no_harm_it_tries_again_by_itself(chosen, app, worker, desk, adapter):
    page = looked(chosen(UMA, ELLA))
    trouble(app, adapter, only="segments/add")
    page = page.press("Do it for 2 customers")
    assert "It waits, and tries again by itself" in page.text
    over(app, adapter)
    with desk.writing() as db:
        for work in db.scalars(select(Work)):
            work.due = now()
    work_off(worker)
    assert outcomes(desk) == ["done", "done"]


def test_it_waits_in_its_window_and_goes_back_to_the_dry_run(chosen, agent, worker, desk):
    with desk.writing() as db:
        for person in db.scalars(select(Person)):
            person.undo_seconds = 10
    page = looked(chosen(CLARA)).press("Do it for 1 customer")
    assert "Nothing has gone out yet" in page.text
    page = page.press("Undo (10 s)")
    assert "It will be done for 1 customer." in page.text
    assert outcomes(desk) == ["change"]


@pytest.mark.parametrize("who", ["", "Anna Kowalska", "x" * 300, "anna@gmail,com", "7,91612E+10"])
def test_who_cannot_be_read_is_named_and_nothing_kept(agent, desk, who):
    page = agent.get("/bulk/new").press("Go on", who=who)
    assert page.status == 422
    with desk.reading() as db:
        assert db.scalars(select(Bulk)).all() == []


def test_rows_of_a_list_are_chosen_or_all_that_its_filters_show(agent, desk):
    page = agent.get("/customers/bulk").press("Find them all", lines=f"{ANNA}\n{VERA}\nnobody@example.com")
    assert "2 customers chosen" in page.press("Change all that is shown here, on every page…").text
    key = page.dom.select_one("[name=customer]")["value"]
    address = page.dom.select_one("#bulk")["action"]
    assert "1 customer chosen" in agent.post(address, {"customer": key}).text
    assert "Nothing was chosen" in agent.post(address, {"customer": "nobody"}).text
    assert agent.post("/bulk/choose?source=nothing", {"customer": key}).status == 404


def test_a_viewer_may_look_and_change_nothing(chosen, viewer):
    page = looked(chosen(CLARA))
    assert "Do it for 1 customer" not in viewer.get(page.path).text
    assert viewer.get("/bulk/new").status == 403
    for path in ("/bulk/new", f"{page.path}/run", f"{page.path}/check", f"{page.path}/retry"):
        assert viewer.post(path, {}).status == 403


def test_a_segment_that_follows_a_rule_is_no_target(chosen, desk):
    with desk.writing() as db:
        segment_names.meet(db, 1, {"314": "dynamic"})
    assert "follows a rule" in looked(chosen(ANNA), segment="314").text


def test_a_row_at_which_a_worker_died_is_done_again_where_that_does_no_harm(chosen, app, worker, desk):
    class Killed(BaseException):
        """What a killed process does not even see."""

    class Killing(Answering):
        def answer(self):
            raise Killed

    page = looked(chosen(UMA, ELLA))
    killing = trouble(app, Killing(), only="segments/add")
    with pytest.raises(Killed):
        page.press("Do it for 2 customers")
    over(app, killing)
    assert outcomes(desk) == ["sending", "change"]
    with desk.writing() as db:  # its leases end
        for work in db.scalars(select(Work).where(Work.state == "running")):
            work.until = now()
        db.scalars(select(Act).where(Act.what == "segments.Add")).one().until = now()
    work_off(Worker(app))
    assert outcomes(desk) == ["done", "done"]
