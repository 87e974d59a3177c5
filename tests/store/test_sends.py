"""What the desk remembers of messages and communications: the same on SQLite and PostgreSQL, and at any length."""

from datetime import timedelta

import pytest

from app.store import communications, recipients, sends, words
from app.store.base import now
from app.store.communications import FIELDS, Communication
from app.store.paging import newest
from app.store.recipients import Recipient
from app.store.sends import Send


def message(**more):
    variables = {"a": {"b": "ж"}, "n": [1]}
    given = {
        "shop_id": 1, "person_id": 1, "person": "Anna", "kind": "sms", "campaign": "courier", "recipient_id": 7,
        "asked": {"code": "courier", "phone": "+79990000002", "variables": variables},
    }  # fmt: skip
    return Send(**given | more)


def fields(comment="One"):
    return dict.fromkeys(FIELDS) | {"channel": "phone", "call_theme": "order", "comment": comment}


def test_a_draft_is_taken_once(database):
    with database.writing() as db:
        number = sends.draft(db, message()).id
    with database.writing() as db:
        assert sends.begin(db, number, texts={"sms": "Привет"})
    with database.writing() as db:
        assert not sends.begin(db, number)
        sends.end(db, number, "sent", number="abc")
    with database.reading() as db:
        send = db.get_one(Send, number)
        assert (send.state, send.number, send.texts) == ("sent", "abc", {"sms": "Привет"})
        assert send.lines == [("a.b", "ж"), ("n", "[1]")]


def test_only_what_nobody_knows_is_settled_and_only_once(database):
    with database.writing() as db:
        number = sends.draft(db, message(state="unknown")).id
        assert sends.settle(db, number, "arrived", "Anna", "Seen")
        assert not sends.settle(db, number, "lost", "Boris", "No")


def test_old_drafts_of_the_same_person_go(database):
    with database.writing() as db:
        old = sends.draft(db, message(at=now() - timedelta(days=2))).id
        others = sends.draft(db, message(at=now() - timedelta(days=2), person_id=2)).id
        sent = sends.draft(db, message(at=now() - timedelta(days=2), state="sent")).id
        new = sends.draft(db, message()).id
    with database.reading() as db:
        assert [bool(db.get(Send, number)) for number in (old, others, sent, new)] == [False, True, True, True]


def test_the_history_is_narrowed_and_has_no_drafts(database):
    with database.writing() as db:
        for more in (
            {}, {"state": "sent"}, {"state": "unknown"}, {"state": "sending"}, {"state": "sent", "shop_id": 2},
            {"state": "refused", "campaign": "other", "recipient_id": 8, "customer_id": 7, "person_id": 2},
        ):  # fmt: skip
            db.add(message(**more))
    with database.reading() as db:

        def states(**wanted):
            return [send.state for send in newest(db, sends.wanted(1, **wanted), Send.id).rows]

        assert states() == ["refused", "sending", "unknown", "sent"]
        assert states(state="unknown") == ["sending", "unknown"]
        assert states(campaign="other") == ["refused"]
        assert states(person_id=2) == ["refused"]
        assert states(recipient_id=7) == ["refused", "sending", "unknown", "sent"]
        assert states(recipient_id=8) == ["refused"]


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
        assert [(one.fields["comment"], one.changed_by) for one in communications.versions(db, kept.id)] == [
            ("One", "Anna")
        ]
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
    "the history": (sends.wanted(1), Send.id),
    "what was refused": (sends.wanted(1, state="refused"), Send.id),
    "a campaign": (sends.wanted(1, campaign="courier"), Send.id),
    "a person": (sends.wanted(1, person_id=1), Send.id),
    "communications": (communications.wanted(1), Communication.id),
    "a theme": (communications.wanted(1, theme="order"), Communication.id),
    "a channel": (communications.wanted(1, channel="phone"), Communication.id),
    "ours": (communications.wanted(1, ours=True), Communication.id),
}


@pytest.mark.parametrize("what", QUERIES)
def test_fifty_rows_are_read_by_index_without_sorting(sqlite, plans, what):
    query, key = QUERIES[what]
    with sqlite.reading() as db:
        newest(db, query, key, before=1000)
    assert [step for step in plans[0] if "SCAN" in step or "TEMP B-TREE" in step] == []


def test_the_history_of_a_recipient_never_walks_down_all_messages(sqlite, plans):
    with sqlite.reading() as db:
        newest(db, sends.wanted(1, recipient_id=7), Send.id)
    steps = " | ".join(plans[0])
    assert "SCAN sends" not in steps
    assert "ix_sends_recipient" in steps
    assert "ix_sends_customer" in steps
