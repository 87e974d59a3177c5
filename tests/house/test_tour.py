"""The files that CONTRIBUTING.md and ARCHITECTURE.md name are there."""

import re

import pytest

from tests.house.repository import ROOT

PATH = re.compile(r"`((?:app|tests|tools|templates|docs|static)/[^`<>*…]+?)`")
TOUR = re.compile(r"^\| that .*\? \| (.*) \|$", re.MULTILINE)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_every_file_that_is_named_exists(name):
    named = PATH.findall((ROOT / name).read_text())
    assert named
    assert [path for path in named if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()] == []


def test_the_tour_answers_ten_questions_each_with_a_file():
    answers = TOUR.findall((ROOT / "CONTRIBUTING.md").read_text())
    assert len(answers) == 10
    assert [answer for answer in answers if not PATH.search(answer)] == []
