"""Templates print what Ruby's Liquid 5.4 with ActiveSupport prints, character by character, errors included.

What Ruby printed stands in `cases/*.jsonl`; `cases/print.rb` says how to print it again.
"""

import json
import sys
import time
from pathlib import Path

import pytest

from app.liquid import render
from app.liquid.context import Context
from app.liquid.reader import FaultAt, Template

CASES = Path(__file__).with_name("cases")
VALUES = (CASES / "values.json").read_text()


def cases(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture(autouse=True)
def utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def printed(template):
    try:
        return Template(template).render(Context(json.loads(VALUES)))
    except FaultAt as fault:
        return f"Liquid syntax error: {fault}"


@pytest.mark.parametrize("kind", sorted(path.stem for path in CASES.glob("*.jsonl")))
def test_every_template_prints_what_ruby_prints(kind):
    unequal = [
        f"{template}\n  Ruby: {expected!r}\n  ours: {got!r}"
        for template, expected in cases(CASES / f"{kind}.jsonl")
        if (got := printed(template)) != expected
    ]
    assert not unequal, "\n".join(unequal[:20])


def test_there_are_enough_cases_of_every_filter_and_tag():
    templates = [template for path in CASES.glob("*.jsonl") for template, _printed in cases(path)]
    assert len(templates) > 3_000
    whole = "\n".join(templates)
    from app.liquid.filters.registry import FILTERS  # noqa: PLC0415  # they register themselves by now
    from app.liquid.nodes import Tag  # noqa: PLC0415  # as above

    assert all(whole.count(f"| {name}") >= 8 for name in FILTERS), "a filter has few cases"
    assert all(f"% {name}" in whole for name in Tag.registry), "a tag has none"


def test_the_child_process_prints_the_same():
    some = [
        (template, expected)
        for path in sorted(CASES.glob("*.jsonl"))
        for template, expected in cases(path)[::60]
        if not expected.startswith("Liquid syntax error") and "date" not in template
    ]
    filled = render({str(place): template for place, (template, _) in enumerate(some)}, json.loads(VALUES))
    assert list(filled.texts.values()) == [expected for _, expected in some]
    assert len(some) > 40


@pytest.mark.parametrize("zone", ["Europe/Moscow", "America/New_York"])
def test_times_without_a_zone_are_those_of_the_machine(zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    offset = {"Europe/Moscow": "+0300", "America/New_York": "-0500"}[zone]
    assert printed("{{ '2024-01-15 10:00' | date: '%H:%M %z' }}") == f"10:00 {offset}"
    assert printed("{{ '2024-01-15T10:00:00+05:00' | date: '%H:%M %z' }}") == "10:00 +0500"


@pytest.mark.parametrize(
    ("now", "given", "written"),
    [
        (1_700_000_000, "now", "2023-11-14 22:13:20"),
        (1_700_000_000, "today", "2023-11-14 22:13:20"),
        (1_700_000_000, "10:30", "2023-11-14 10:30:00"),
        (1_700_000_000, "5 march", "2023-03-05 00:00:00"),
        (1_700_000_000, "march", "2023-03-01 00:00:00"),
        (1_700_000_000, "29th", "2023-11-29 00:00:00"),
    ],
)
def test_what_a_date_lacks_is_taken_from_now(now, given, written, monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: now * 10**9)
    assert printed(f"{{{{ '{given}' | date: '%Y-%m-%d %H:%M:%S' }}}}") == written


def test_a_number_of_any_length_can_be_printed():
    limit = sys.get_int_max_str_digits()
    assert len(render({"n": "{{ a | times: a }}"}, {"a": 10**4000}).texts["n"]) == 8001
    assert sys.get_int_max_str_digits() == limit  # only the child has none
