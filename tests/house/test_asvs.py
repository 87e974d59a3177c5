"""The table of ASVS has every requirement of levels 1 and 2 once, and the tests that it names exist."""

import re

from tests.house.repository import ROOT, functions

TABLE = (ROOT / "docs/asvs.md").read_text()
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| (met|in part|not met|does not apply) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
# How many requirements of levels 1 and 2 each section of ASVS 5.0 has.
SECTIONS = {
    "1.1": 2,
    "1.2": 9,
    "1.3": 11,
    "1.4": 3,
    "1.5": 2,
    "2.1": 3,
    "2.2": 3,
    "2.3": 4,
    "2.4": 1,
    "3.2": 2,
    "3.3": 4,
    "3.4": 6,
    "3.5": 5,
    "3.7": 2,
    "4.1": 3,
    "4.2": 1,
    "4.3": 2,
    "4.4": 4,
    "5.1": 1,
    "5.2": 3,
    "5.3": 2,
    "5.4": 3,
    "6.1": 3,
    "6.2": 12,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 2,
    "7.6": 2,
    "8.1": 2,
    "8.2": 3,
    "8.3": 1,
    "8.4": 1,
    "9.1": 3,
    "9.2": 4,
    "10.1": 2,
    "10.2": 2,
    "10.3": 4,
    "10.4": 11,
    "10.5": 5,
    "10.6": 2,
    "10.7": 3,
    "11.1": 2,
    "11.2": 3,
    "11.3": 3,
    "11.4": 4,
    "11.5": 1,
    "11.6": 1,
    "12.1": 3,
    "12.2": 2,
    "12.3": 4,
    "13.1": 1,
    "13.2": 5,
    "13.3": 2,
    "13.4": 5,
    "14.1": 2,
    "14.2": 4,
    "14.3": 3,
    "15.1": 3,
    "15.2": 3,
    "15.3": 7,
    "16.1": 1,
    "16.2": 5,
    "16.3": 4,
    "16.4": 3,
    "16.5": 3,
    "17.1": 1,
    "17.2": 4,
    "17.3": 2,
}


def test_every_requirement_stands_there_once():
    wanted = [f"V{section}.{number}" for section, last in SECTIONS.items() for number in range(1, last + 1)]
    assert [row[0] for row in ROW.findall(TABLE)] == wanted
    assert TABLE.count("\n| V") == len(wanted)


def test_the_figures_are_those_of_the_table():
    states = [row[1] for row in ROW.findall(TABLE)]
    said = re.search(r"Of (\d+): (\d+) met, (\d+) in part, (\d+) not met, (\d+) do not apply", TABLE)
    counted = [len(states), *(states.count(state) for state in ("met", "in part", "not met", "does not apply"))]
    assert [int(figure) for figure in said.groups()] == counted


def test_every_test_that_it_names_exists():
    named = set(TEST.findall(TABLE))
    there = {
        path: {function.name for function in functions(ROOT / path)} for path, _test in named if (ROOT / path).exists()
    }
    assert [f"{path}::{test}" for path, test in sorted(named) if test not in there.get(path, ())] == []
    assert len(named) > 100
    assert "tests/" not in TEST.sub("", TABLE).replace("`tests/house/test_asvs.py`", "")


def test_whatever_is_not_met_says_why():
    silent = [row[0] for row in ROW.findall(TABLE) if row[1] != "met" and not TEST.sub("", row[2]).strip(" ,")]
    assert silent == []
