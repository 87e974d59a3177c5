"""What a comment, a docstring or an example cites is a heading of a document that stands in this repository."""

import re
from functools import cache

import pytest

from tests.house.repository import ROOT, kept, name_of

OUTSIDE = r"(?<![\w/.-])"  # no part of a path or an address
HEADING = re.compile(OUTSIDE + r"(?:docs/)?([\w-]+\.md)#([\w-]+)")
DOCUMENT = re.compile(OUTSIDE + r"(?:docs/)?([\w-]+\.md)\b(?!\.|:\d)")
# A section, a row or a numbered fact of a document that is not here.
ELSEWHERE = re.compile(r"§ ?\d|\\u00a7|&sect;|\b[A-Z]{4,}(?:\.md)?,? (?:rows? \d|[A-Z]\.?\d)|\b[A-Z]{4,}\.md\b")
OURS = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"}
NOT_TEXT = {".png", ".ico", ".sql", ".svg", ".lock"}
ITSELF = "tests/house/test_citations.py"


def texts():
    paths = [path for path in kept() if path.suffix not in NOT_TEXT and name_of(path) != ITSELF]
    return {name_of(path): text for path in paths if (text := text_of(path)) is not None}


def text_of(path):
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return None


def wrong_citations(text):
    """The citations of a text that lead nowhere."""
    nowhere = [f"{name}#{anchor}" for name, anchor in HEADING.findall(text) if anchor not in headings(name)]
    unknown = [name for name in DOCUMENT.findall(text) if document(name) is None]
    elsewhere = [place[0] for place in ELSEWHERE.finditer(text) if place[0] not in OURS]
    return nowhere + unknown + elsewhere


@cache
def document(name):
    return next((path for path in (ROOT / name, ROOT / "docs" / name) if path.exists()), None)


@cache
def headings(name):
    """The headings of a document, as GitHub writes them in an address."""
    path = document(name)
    lines = [] if path is None else path.read_text().splitlines()
    titles = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w -]", "", title).replace(" ", "-") for title in titles}


def test_every_citation_leads_to_a_heading():
    wrong = {name: found for name, text in texts().items() if (found := wrong_citations(text))}
    assert not wrong, "\n".join(f"{name}: {', '.join(found)}" for name, found in wrong.items())


def test_the_records_are_cited():
    cited = {name for text in texts().values() for name, _ in HEADING.findall(text)}
    assert {"rees46.md", "decisions.md"} <= cited


@pytest.mark.parametrize(
    "text",
    [
        "see rees46.md#no-such-heading",
        "see decisions.md#limits",
        "FACTS F8",
        "CONTRACT §1.3",
        "CONTRACT row 7",
        r"CONTRACT \u00a77",
        "NEWER B.1",
        "in WORK.md",
        "design.md has it",
        "docs/contract.md#limits",
        "see § 2",
    ],
)
def test_a_citation_of_what_is_not_here_is_noticed(text):
    assert wrong_citations(text)


@pytest.mark.parametrize(
    "text",
    [
        "(rees46.md#limits)",
        "docs/decisions.md#pacing",
        "README.md",
        "docs/rees46.md",
        "rees46/documentation-unified 13d3f71, docs/integration/cdp/cart/cart.md:25",
        "https://a.example/x.md#y",
    ],
)
def test_a_citation_of_what_is_here_is_right(text):
    assert wrong_citations(text) == []


def test_each_decision_has_its_fact_and_how_to_see_it_again():
    _, *decisions = (ROOT / "docs/decisions.md").read_text().split("\n## ")
    for decision in decisions:
        title, fact, again = [line for line in decision.splitlines() if line]
        assert fact.endswith("."), title
        assert again.startswith("Again: "), title
