"""Revision 0002: what ledgers and acts each knew of an outcome becomes one life of the act."""

import pytest

from tests.migrations.conftest import SCHEMAS, rows_of


@pytest.fixture(scope="module")
def tables(shared_old):
    url = shared_old("desk")
    SCHEMAS["desk"].upgrade_to_head(url)
    return rows_of(url)


def act_of(tables, ledger, number):
    (row,) = (row for row in tables[ledger] if row["id"] == number)
    return next((act for act in tables["acts"] if act["id"] == row["act_id"]), None)


@pytest.mark.parametrize(
    ("number", "act", "state", "verdict"),
    [
        (2, 11, "done", None),
        (3, 12, "refused", None),
        (4, 13, "failed", None),
        (5, 14, "unknown", None),
        (6, 15, "trying", None),
        (7, 16, "settled", "done"),
        (8, 17, "settled", "failed"),
        (11, 18, "settled", "done"),
    ],
)
def test_a_message_points_at_the_act_that_sent_it(tables, number, act, state, verdict):
    found = act_of(tables, "sends", number)
    assert (found["id"], found["outcome"], found["verdict"]) == (act, state, verdict)


def test_a_person_s_word_on_a_message_becomes_the_act_s(tables):
    assert act_of(tables, "sends", 7)["settled"] == {"by": "Support", "note": "It is on my phone", "outcome": "done"}
    assert act_of(tables, "sends", 8)["settled"]["note"] == "Не пришло"


def test_a_message_without_an_act_gets_one_and_a_draft_gets_none(tables):
    found = act_of(tables, "sends", 9)
    assert (found["what"], found["outcome"], found["person"], found["customer_id"]) == (
        "messages.Sms",
        "done",
        "Support",
        1,
    )
    assert found["asked"]["code"] == "order_ready"
    assert act_of(tables, "sends", 10)["outcome"] == "unknown"
    assert act_of(tables, "sends", 1) is None


@pytest.mark.parametrize(
    ("number", "act", "state", "verdict"),
    [
        (1, 21, "done", None),
        (2, 22, "refused", None),
        (3, 23, "unknown", None),
        (4, 24, "done", None),
        (5, 25, "refused", None),
        (6, 26, "trying", None),
    ],
)
def test_a_hand_out_points_at_its_act(tables, number, act, state, verdict):
    found = act_of(tables, "promo_handouts", number)
    assert (found["id"], found["outcome"], found["verdict"]) == (act, state, verdict)


def test_a_hand_out_without_an_act_gets_one(tables):
    assert (act_of(tables, "promo_handouts", 7)["outcome"], act_of(tables, "promo_handouts", 8)["outcome"]) == (
        "done",
        "unknown",
    )


@pytest.mark.parametrize(("number", "act"), [(1, 31), (2, 32), (3, 33), (4, 34), (5, None)])
def test_a_link_points_at_the_act_that_made_it(tables, number, act):
    assert (act_of(tables, "short_links", number) or {}).get("id") == act


def test_batches_and_parts_point_at_what_sent_them(tables):
    assert [
        act_of(tables, "promo_batches", number) and act_of(tables, "promo_batches", number)["id"]
        for number in (1, 2, 3)
    ] == [None, 41, 42]
    assert [part["state"] for part in sorted(tables["import_parts"], key=lambda part: part["id"])] == [
        "accepted",
        "checked",
        "waiting",
    ]


def test_what_was_settled_stays_settled_and_what_was_cut_off_is_unknown(tables):
    acts = {act["id"]: act for act in tables["acts"]}
    assert (acts[19]["outcome"], acts[19]["verdict"], acts[19]["settled"]["by"]) == ("settled", "failed", "Admin")
    assert acts[4]["outcome"] == "trying"
    assert acts[4]["until"] == acts[4]["at"]
    assert (acts[1]["outcome"], acts[2]["outcome"], acts[5]["outcome"]) == ("done", "unknown", "failed")
