"""What the desk remembers of messages and communications: the same on SQLite and PostgreSQL, and at any length."""

from datetime import timedelta
from typing import get_args

import pytest

from app.store import acts, communications, recipients, sends, words
from app.store.acts import Act
from app.store.base import now
from app.store.communications import FIELDS, Communication
from app.store.paging import newest
from app.store.recipients import Recipient
from app.store.sends import Send


def message(**more):
    variables = {"a": {"b": "ж"}, "n": [1]}
    given = {
        "shop_id": 1,
        "person_id": 1,
        "person": "Anna",
        "kind": "sms",
        "campaign": "courier",
        "recipient_id": 7,
        "asked": {"code": "courier", "phone": "+79990000002", "variables": variables},
    }
    return Send(**given | more)


def fields(comment="One"):
    return dict.fromkeys(FIELDS) | {"channel": "phone", "call_theme": "order", "comment": comment}


def sent(db, number, ending="", **more):
    """Let an act send a draft, and end."""
    given = {"shop_id": 1, "person": "Anna", "what": "messages.Sms"} | more
    sends.begin(db, number, act := acts.begin(db, Act(**given)), texts={"sms": "Привет"})
    if ending:
        acts.end(db, act.id, ending)
    return act


def test_a_draft_is_sent_by_one_act(database):
    with database.writing() as db:
        number = sends.draft(db, message()).id
    with database.writing() as db:
        act = sent(db, number)
    with pytest.raises(sends.AlreadySent), database.writing() as db:
        sent(db, number)
    with database.writing() as db:
        sends.keep_number(db, act.id, "abc")
        acts.end(db, act.id, "done")
    with database.reading() as db:
        send = db.get_one(Send, number)
        assert (send.state, send.number, send.texts, send.act_id) == ("sent", "abc", {"sms": "Привет"}, act.id)
        assert send.lines == [("a.b", "ж"), ("n", "[1]")]
        assert db.query(Act).count() == 1


def test_old_drafts_go(database):
    with database.writing() as db:
        old = sends.draft(db, message(at=now() - timedelta(days=2))).id
        others = sends.draft(db, message(at=now() - timedelta(days=2), person_id=2)).id
        gone_out = sends.draft(db, message(person_id=3)).id
        sent(db, gone_out, "done")
        db.get_one(Send, gone_out).at = now() - timedelta(days=2)
        db.get_one(Send, gone_out).person_id = 1
        new = sends.draft(db, message()).id
        assert not sends.forget_old(db, now() - timedelta(days=1))
    with database.reading() as db:
        assert [bool(db.get(Send, number)) for number in (old, others, gone_out, new)] == [False, False, True, True]


def test_the_history_is_narrowed_and_has_no_drafts(database):
    with database.writing() as db:
        sends.draft(db, message())
        sent(db, sends.draft(db, message()).id, "done")
        sent(db, sends.draft(db, message()).id, "unknown")
        sent(db, sends.draft(db, message()).id, until=now())
        sent(db, sends.draft(db, message()).id)
        sent(db, sends.draft(db, message(shop_id=2)).id, "done", shop_id=2)
        other = {"campaign": "other", "recipient_id": 8, "customer_id": 7, "person_id": 2, "kind": "multi"}
        sent(db, sends.draft(db, message(**other)).id, "refused", what="messages.Multi")
        settled = sent(db, sends.draft(db, message(recipient_id=9)).id, "unknown")
        acts.settle(db, settled, "failed", "Not there", Act(person="Anna", what="trail.Settle"))
    with database.reading() as db:

        def states(**wanted):
            return [send.state for send in sends.history(db, 1, **wanted).rows]

        assert states() == ["lost", "refused", "sending", "unknown", "unknown", "sent"]
        assert states(state="unknown") == ["unknown", "unknown"]
        assert states(state="sending") == ["sending"]
        assert states(state="lost") == ["lost"]
        assert states(state="arrived") == []
        assert states(campaign="other") == ["refused"]
        assert states(campaign="other", state="refused") == ["refused"]
        assert states(person_id=2) == ["refused"]
        assert states(recipients=[7]) == ["refused", "sending", "unknown", "unknown", "sent"]
        assert states(recipients=[8]) == ["refused"]
        (one,) = sends.lately(db, message(id=99, recipient_id=8, at=now()), now() - timedelta(days=1)) or [None]
        assert one is None


def test_the_allow_list_knows_an_address_in_any_case(database):
    with database.writing() as db:
        db.add(Recipient(shop_id=1, kind="email", value="qa@example.com", whose="QA", added_by="Anna"))
    with database.reading() as db:
        assert recipients.listed(db, 1, {"email": "QA@example.com", "phone": "+7"}) == {"email"}
        assert recipients.listed(db, 2, {"email": "qa@example.com"}) == set()


def test_a_changed_communication_keeps_what_stood_there(database):
    with database.writing() as db:
        kept = communications.keep(db, 1, 7, "40", fields(), date="2026-11-01 12:00:00")
        communications.keep(db, 1, 7, "40", fields())
        communications.keep(db, 1, 7, "40", fields("Two"), by="Anna")
    with database.reading() as db:
        assert [
            (version.fields["comment"], version.changed_by) for version in communications.versions(db, kept.id)
        ] == [("One", "Anna")]
        assert communications.changed(db, [kept.id]) == {kept.id}
        assert db.get_one(Communication, kept.id).date == "2026-11-01 12:00:00"


def test_first_words_become_the_shops_own_when_they_are_touched(database):
    with database.writing() as db:
        assert words.put_first(db, 1, "channel", "email")
        words.add(db, 1, "status", "waiting", "Waits for us")
        assert words.drop(db, 1, "event", "outgoing")
        assert not words.drop(db, 1, "event", "outgoing")
    with database.reading() as db:
        lists = words.of_shop(db, 1)
        assert [word.value for word in lists["channel"]] == ["email", "phone", "chat", "store"]
        assert lists["status"][-1].said == "Waits for us"
        assert [word.value for word in lists["event"]] == ["incoming"]
        assert [word.value for word in words.of_shop(db, 2)["event"]] == ["incoming", "outgoing"]


QUERIES = {
    "communications": communications.wanted(1),
    "a theme": communications.wanted(1, theme="order"),
    "a channel": communications.wanted(1, channel="phone"),
    "ours": communications.wanted(1, ours=True),
}


@pytest.mark.parametrize("what", QUERIES)
def test_fifty_rows_are_read_by_index_without_sorting(sqlite, plans, what):
    with sqlite.reading() as db:
        newest(db, QUERIES[what], Communication.id, before=1000)
    assert [step for step in plans[0] if "SCAN" in step or "TEMP B-TREE" in step] == []


@pytest.mark.parametrize(
    "wanted",
    [{}, {"campaign": "courier"}, {"person_id": 1}, *({"state": state} for state in get_args(sends.State))],
    ids=lambda wanted: " ".join(map(str, wanted.values())) or "all",
)
def test_fifty_messages_are_read_by_index_without_sorting(sqlite, plans, wanted):
    with sqlite.reading() as db:
        sends.history(db, 1, **wanted, before=1000)
    steps = [step for plan in plans for step in plan]
    assert [step for step in steps if "SCAN" in step or "TEMP B-TREE" in step] == []
    if "state" in wanted:
        assert all("ix_acts_what_outcome" in plan[0] for plan in plans), "a rare state is found as quickly as any"


def test_the_history_of_a_recipient_never_walks_down_all_messages(sqlite, plans):
    with sqlite.reading() as db:
        sends.history(db, 1, recipients=[7])
    steps = " | ".join(plans[0])
    assert "SCAN sends" not in steps
    assert "ix_sends_recipient" in steps
    assert "ix_sends_customer" in steps
