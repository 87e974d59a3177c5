"""Acts are written down at three doors, and each of them asks whether a second person has to approve first."""

import ast

import pytest

from tests.house.repository import ROOT, name_of, under

# Who may begin an act before it is sent: each asks app/web/safeguards/second_person.py first.
DOORS = {"app/web/rees46.py", "app/work/held_acts.py", "app/work/batches.py"}
# What is done already as it is written down, or waits for the second person.
RECORDS = {"app/web/sign_in/events.py", "app/store/acts.py", "app/store/outbox.py", "app/store/approvals.py"}
BEGINS = {"acts.begin", "acts.hold", "acts.start", "outbox.put"}
ASKS = {"wait_or_pass", "second_person.demanded"}
LETS_OUT = "app/work/worker.py"  # what waited, and was asked about when it was written down


def calls_in(path):
    tree = ast.parse(path.read_text())
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_acts_begin_at_the_doors_alone():
    begin = {name_of(path) for path in under(ROOT / "app", ".py") if calls_in(path) & BEGINS}
    assert begin - RECORDS == DOORS | {LETS_OUT}


@pytest.mark.parametrize("door", sorted(DOORS))
def test_each_door_asks_whether_it_waits(door):
    assert calls_in(ROOT / door) & ASKS


def test_the_client_that_sends_is_made_for_acts_at_one_door():
    sends = {name_of(path) for path in under(ROOT / "app/pages", ".py") if {"Client"} & calls_in(path)}
    assert sends == set()
