"""The suite runs on the oldest and the newest Python, and on that of the image, each named in one place."""

import re

from tests.house.repository import ROOT
from tools import pythons


def test_the_oldest_the_newest_and_that_of_the_image_are_tried():
    versions = pythons.versions()
    assert versions[0] in (ROOT / "README.md").read_text(), "the README says the same oldest one"
    assert versions[-1] == pythons.NEWEST
    assert re.search(r"^FROM python:(\d\.\d+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[1] in versions
    assert f"python{pythons.NEWEST}" in (ROOT / "setup").read_text(), "./setup finds the newest, too"


def test_a_python_that_cannot_be_had_fails_and_the_others_are_tried(monkeypatch, capsys):
    tried = []
    monkeypatch.setattr(pythons, "run", lambda version, tests: tried.append(version) or version != pythons.NEWEST)
    assert pythons.main(["tests/store"]) == 1
    assert tried == pythons.versions()
    assert capsys.readouterr().out == f"Failed on Python {pythons.NEWEST}.\n"
