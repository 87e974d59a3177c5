"""The one life of an act, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.store import acts
from app.store.acts import Act, AlreadyDone
from app.store.base import now
from app.store.paging import newest
from tests.bench.of_lists import ACTS

MINUTE = timedelta(minutes=1)


def new(**more):
    return Act(**{"shop_id": 1, "person": "Anna", "what": "messages.Sms"} | more)


def by(person="Boris"):
    return new(what="trail.Settle", person=person)


def begun(database, **more):
    with database.writing() as db:
        return acts.begin(db, new(**more)).id


def read(database, number):
    with database.reading() as db:
        return db.get_one(Act, number)


@pytest.mark.parametrize("ending", ["done", "refused", "failed", "unknown"])
def test_a_try_ends_once(database, ending):
    number = begun(database)
    assert read(database, number).state == "trying"
    with database.writing() as db:
        assert acts.end(db, number, ending, "x" * 900)
        assert not acts.end(db, number, "done")
    act = read(database, number)
    assert (act.state, act.outcome, len(act.message)) == (ending, ending, 500)
    assert act.ended


@pytest.mark.parametrize(
    ("ending", "is_free"), [("done", False), ("refused", True), ("failed", True), ("unknown", False)]
)
def test_only_what_surely_did_not_happen_frees_the_click(database, ending, is_free):
    number = begun(database, once="a click")
    with database.writing() as db:
        acts.end(db, number, ending)
    if is_free:
        assert begun(database, once="a click") != number
    else:
        with pytest.raises(AlreadyDone) as done:
            begun(database, once="a click")
        assert done.value.act.id == number


def test_a_try_whose_lease_is_over_is_unknown_to_all_and_can_be_settled(database):
    number, running = begun(database, until=now() - MINUTE), begun(database)
    assert read(database, number).state == "unknown"
    with database.writing() as db:

        def found(state):
            return [act.id for act in newest(db, acts.by_state(acts.wanted(shop_ids=(1,)), state), Act.id).rows]

        assert (found("unknown"), found("trying")) == ([number], [running])
        assert not acts.settle(db, db.get_one(Act, running), "done", "x", by())
        assert acts.settle(db, db.get_one(Act, number), "done", "Seen", by())
        assert found("settled") == [number]


def test_a_settled_act_says_who_said_what_and_so_does_the_act_that_settled_it(database):
    number = begun(database)
    with database.writing() as db:
        acts.end(db, number, "unknown")
        assert acts.settle(db, db.get_one(Act, number), "failed", "Not on the phone", by())
        assert not acts.settle(db, db.get_one(Act, number), "done", "It is", by("Clara"))
    with database.reading() as db:
        act = db.get_one(Act, number)
        assert (act.state, act.outcome, act.settled["by"]) == ("settled", "failed", "Boris")
        settling = acts.settled_in(db, act)
        assert (settling.person, settling.state, settling.settles, settling.reason) == (
            "Boris",
            "done",
            number,
            "Not on the phone",
        )
        assert db.query(Act).count() == 2


def test_an_answer_that_comes_after_a_person_has_settled_it_changes_nothing(database):
    number = begun(database, until=now() - MINUTE)
    with database.writing() as db:
        acts.settle(db, db.get_one(Act, number), "failed", "Not there", by())
        assert not acts.end(db, number, "done")
    assert read(database, number).outcome == "failed"


def test_a_held_act_is_withdrawn_or_tried_never_both(database):
    with database.writing() as db:
        first = acts.hold(db, new(once="a click"), MINUTE).id
        second = acts.hold(db, new(), MINUTE).id
    assert read(database, first).state == "held"
    with database.writing() as db:
        assert not acts.end(db, first, "done"), "nothing was tried"
        assert acts.withdraw(db, first)
        assert not acts.start(db, first)
        assert acts.start(db, second)
        assert not acts.withdraw(db, second)
        assert not acts.start(db, second)
    assert (read(database, first).state, read(database, second).state) == ("withdrawn", "trying")
    assert begun(database, once="a click"), "what was taken back may be done after all"


def test_a_held_act_waits_as_long_as_it_takes(database):
    with database.writing() as db:
        number = acts.hold(db, new(), -MINUTE).id
    assert read(database, number).state == "held"


def test_of_many_who_want_to_start_withdraw_or_settle_one_does(database):
    with database.writing() as db:
        held, unknown = acts.hold(db, new(), MINUTE).id, acts.begin(db, new(until=now() - MINUTE)).id

    def grab(number):
        with database.writing() as db:
            if number % 3 == 0:
                return acts.start(db, held)
            if number % 3 == 1:
                return acts.withdraw(db, held)
            return acts.settle(db, db.get_one(Act, unknown), "done", str(number), by()) and "settled"

    with ThreadPoolExecutor(8) as hands:
        won = [result for result in hands.map(grab, range(24)) if result]
    assert sorted(map(str, won)) == ["True", "settled"]


@pytest.mark.parametrize("state", acts.STATES)
@pytest.mark.parametrize("more", [{}, {"what": "messages.Sms"}], ids=["shop", "shop and act"])
def test_fifty_acts_of_a_state_are_read_by_index_without_sorting(sqlite, plans, state, more):
    queries = acts.by_state(acts.wanted(shop_ids=(1,), **more), state)
    with sqlite.reading() as db:
        newest(db, queries, Act.id, before=1000)
    assert len(plans) == len(queries)
    for plan in plans:
        assert [step for step in plan if "SCAN" in step or "TEMP B-TREE" in step] == []
        assert "outcome=?" in plan[0], "a rare state is found as quickly as any"


def test_acts_of_the_desk_are_found_by_their_index_when_one_shop_has_nearly_all(sqlite, plans):
    with sqlite.writing() as db:
        db.execute(text(ACTS), {"rows": 3000})
    sqlite.analyze()  # from then on SQLite believes that no shop is as frequent as any shop
    for queries in (acts.by_state(acts.wanted(shop_ids=(None,)), state) for state in ("", "refused")):
        plans.clear()
        with sqlite.reading() as db:
            newest(db, queries, Act.id)
        assert all("USING INDEX" in plan[0] for plan in plans), plans
