"""One campaign to a group: looked at first, in a window, one act a recipient, and never twice."""

import pytest
from sqlalchemy import func, select

from app.store.acts import Act
from app.store.base import now
from app.store.bulks import BulkRow
from app.store.people import Person
from app.store.recipients import Recipient
from app.store.sends import Send
from app.store.shops import Shop
from app.store.works import Work
from app.work.worker import Worker
from tests.adapters import Answering, Silent, over, trouble
from tests.pages.jobs.looking import work_off
from tests.pages.test_messages import SMS, outbox, register

__all__ = ["outbox", "register"]
ANNA, BORIS = "+79990000001", "+79990000002"


@pytest.fixture
def looked(marketer, register):
    """The dry run of the SMS to these people."""

    def look(*who, **variables):
        page = marketer.get("/bulk/new").press("Go on", who="\n".join(who))
        said = '{"order": {"number": "7", "until": "8"}, "url": "u"}'
        return page.press(
            "Look first", within="#messages-group", **{"messages.group-variables": variables.get("all", said)}
        )

    return look


def rows(desk):
    with desk.reading() as db:
        return [(row.outcome, row.why) for row in db.scalars(select(BulkRow).order_by(BulkRow.id))]


def is_live(desk):
    with desk.writing() as db:
        db.get_one(Shop, 1).kind = "live"
        db.add(Recipient(shop_id=1, kind="phone", value=ANNA, whose="Anna", added_by="Marketer"))


def test_each_recipient_gets_one_message_and_the_ledgers_have_them(looked, outbox, marketer, desk):
    page = looked(ANNA, BORIS).press("Do it for 2 customers")
    assert "Done for 2 customers" in page.text
    assert {message.recipient for message in outbox()[:2]} == {ANNA.strip("+"), BORIS.strip("+")}
    assert all(" 7 " in message.parts["text"] for message in outbox()[:2])
    with desk.reading() as db:
        whole = db.scalars(select(Act).where(Act.what == "bulk.Run")).one()
        sent = db.scalars(select(Send)).all()
    assert [(send.state, send.act.parent_id) for send in sent] == [("sent", whole.id)] * 2
    assert len(marketer.get("/messages/").rows()) == 2
    assert [why for _outcome, why in [*rows(desk)]] == [ANNA, BORIS]


def test_who_got_it_today_does_not_get_it_twice(looked, desk):
    looked(ANNA).press("Do it for 1 customer")
    page = looked(ANNA)
    assert "It went to them today already." in page.text
    assert "It will be done for 0 customers." in page.text


def test_what_a_message_lacks_and_who_has_no_phone_is_named_by_row(looked, desk):
    page = looked(ANNA, "nobody@example.com", all="{}")
    assert "These variables have no value: order.number, order.until, url." in page.text
    assert "There is no phone number to send it to." in page.text


@pytest.mark.parametrize("variables", ["[1]", "{", '{"a": NaN}'])
def test_variables_that_are_no_object_are_refused_with_words(looked, variables):
    page = looked(ANNA, all=variables)
    assert page.status == 422


def test_on_a_live_shop_a_group_never_passes_the_allow_list(looked, outbox, desk):
    is_live(desk)
    before = len(outbox())
    page = looked(ANNA, BORIS)
    assert [outcome for outcome, _why in rows(desk)] == ["change", "refused"]
    with desk.writing() as db:  # and who is taken off it meanwhile gets nothing
        db.delete(db.scalars(select(Recipient)).one())
    page.press("Do it for 1 customer")
    assert [outcome for outcome, _why in rows(desk)] == ["refused", "refused"]
    assert len(outbox()) == before


def test_a_message_of_which_nobody_knows_stops_it_and_is_never_sent_again(looked, app, worker_of, desk):
    page = looked(ANNA, BORIS)
    silent = trouble(app, Silent(), only="sms")
    page = page.press("Do it for 2 customers")
    over(app, silent)
    assert len(silent.calls) == 1
    assert [outcome for outcome, _why in rows(desk)] == ["unknown", "change"]
    assert "It stopped" in page.text
    page.press("Continue")
    work_off(worker_of)
    assert [outcome for outcome, _why in rows(desk)] == ["unknown", "done"]
    with desk.reading() as db:
        assert db.scalar(select(func.count()).select_from(Send)) == 2


@pytest.fixture
def worker_of(app):
    return Worker(app)


def test_a_refused_one_is_tried_again_and_sent_once(looked, app, outbox, desk):
    page = looked(ANNA)
    refusing = trouble(app, Answering(400, b'{"message":"No such campaign"}'), only="sms")
    page = page.press("Do it for 1 customer")
    over(app, refusing)
    assert "No such campaign" in page.text
    before = len(outbox())
    page.press("Try again what failed")
    assert len(outbox()) == before + 1


def test_it_waits_in_its_window_and_messages_stop_at_a_brake(looked, worker_of, outbox, desk):
    with desk.writing() as db:
        for person in db.scalars(select(Person)):
            person.undo_seconds = 10
    before = len(outbox())
    page = looked(ANNA).press("Do it for 1 customer")
    assert "Nothing has gone out yet" in page.text
    work_off(worker_of)
    assert len(outbox()) == before
    page.press("Undo (10 s)")
    assert [outcome for outcome, _why in rows(desk)] == ["change"]


def test_everybody_on_the_allow_list_is_a_group(marketer, register, desk):
    is_live(desk)
    page = marketer.get("/messages/recipients").press("Send to all of them…")
    assert "1 customer chosen" in page.text
    assert SMS["name"] in page.text
    assert marketer.get("/messages/").link("Send to a group…").endswith("/bulk/new")
    assert len(desk_messages(desk)) == 0


def desk_messages(desk):
    with desk.reading() as db:
        return db.scalars(select(Send)).all()


def test_a_message_at_which_a_worker_died_is_unknown_and_never_sent_again(looked, app, outbox, desk):
    class Killed(BaseException):
        """What a killed process does not even see."""

    class Killing(Answering):
        def answer(self):
            raise Killed

    page = looked(ANNA, BORIS)
    killing = trouble(app, Killing(), only="sms")
    with pytest.raises(Killed):
        page.press("Do it for 2 customers")
    over(app, killing)
    before = len(outbox())
    with desk.writing() as db:  # its leases end
        for work in db.scalars(select(Work).where(Work.state == "running")):
            work.until = now()
        db.scalars(select(Act).where(Act.what == "messages.Sms")).one().until = now()
    work_off(Worker(app))
    assert [outcome for outcome, _why in rows(desk)] == ["unknown", "done"]
    assert len(outbox()) == before + 1
