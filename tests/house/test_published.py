"""The examples are an independent proof: each says whether a document prints its request, where, and what differs.

`place` is a repository, a commit, a file and a line; `line` is the same line in the two texts that docs/rees46.md calls
000 and 002. With clones in `REES46_SOURCES/<owner>/<name>` (and the texts in `REES46_TEXTS`) every place is opened.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.rees46.examples import FOLDER
from tests.house.repository import ROOT
from tests.rees46.printed_request import differences, example_request, read

EXAMPLES = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}
PUBLISHED = {name: example for name, example in EXAMPLES.items() if example.get("published")}
LINES = {
    entry["line"]: entry["request"]
    for path in sorted((ROOT / "tests/rees46/printed").glob("*.json"))
    for entry in json.loads(path.read_text())
    if "line" in entry
}
PLACE = re.compile(r"(rees46/[\w-]+) ([0-9a-f]{7}), ([\w./-]+\.(?:md|md\.erb)):(\d+)")
# Operations of which no document prints a request; each says in its note who sends it.
NOT_PRINTED = {
    "deliveries.Received",
    "legacy.Disable",
    "legacy.GenerateSsid",
    "legacy.Recommend",
    "legacy.SyncOrders",
    "popups.Showed",
    "search_suggestions.Search",
    "stories.Read",
}


def test_every_example_says_whether_it_is_published(capsys):
    assert [name for name, example in EXAMPLES.items() if example.get("published") not in (True, False)] == []
    with capsys.disabled():
        sys.stdout.write(f"\n{len(PUBLISHED)} of {len(EXAMPLES)} examples hold to a printed request\n")
    assert set(EXAMPLES) - set(PUBLISHED) == NOT_PRINTED
    assert [name for name in NOT_PRINTED if not EXAMPLES[name]["note"]] == []


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_request_is_its_printed_line_but_for_what_it_names(name):
    example = PUBLISHED[name]
    body = body_below(example)
    differing = differences(example_request(example["request"]), read(example["printed"], body))
    if not example["printed"].startswith("curl") and body is None:
        differing &= {"method", "path"}  # an endpoint line: its parameters stand in a table
    assert differing == example.get("differs", {}).keys()
    assert all(example.get("differs", {"": "none"}).values())


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_request_names_a_place_that_can_be_opened(name):
    assert PLACE.fullmatch(PUBLISHED[name]["place"])
    assert PUBLISHED[name].get("line", "000:1") in LINES.keys() | {"000:1", "000:905", "000:2859"}  # endpoint lines


@pytest.mark.skipif("REES46_SOURCES" not in os.environ, reason="REES46_SOURCES names no folder of clones")
def test_each_place_prints_its_request():
    clones = Path(os.environ["REES46_SOURCES"])
    assert [name for name, example in PUBLISHED.items() if not is_printed_in(clones, example)] == []


@pytest.mark.skipif("REES46_TEXTS" not in os.environ, reason="REES46_TEXTS names no folder with the two texts")
def test_each_line_of_the_texts_prints_its_request():
    texts = Path(os.environ["REES46_TEXTS"])
    quoted = {name: example for name, example in PUBLISHED.items() if "line" in example}
    assert [name for name, example in quoted.items() if not is_quoted_in(texts, example)] == []


def is_printed_in(clones, example):
    repository, commit, path, line = PLACE.fullmatch(example["place"]).groups()
    show = ["git", "-C", clones / repository, "show", f"{commit}:{path}"]
    lines = subprocess.run(show, check=True, capture_output=True, text=True).stdout.splitlines()
    return squeezed(example["printed"]) in squeezed("\n".join(lines[int(line) - 1 : int(line) + 11]))


def is_quoted_in(texts, example):
    """Whether the request line stands in the text, at the example's line or above it, where the body stands there."""
    text, _, line = example["line"].partition(":")
    (path,) = texts.glob(f"{text}_*.txt")
    return squeezed(example["printed"]) in squeezed("\n".join(path.read_text().splitlines()[: int(line) + 4]))


def body_below(example):
    """The JSON that is printed apart from the request line; the printed requests hold it under the same line."""
    request = LINES.get(example.get("line"), {})
    if "text" in request:
        return json.loads(re.sub(r",\s*([\]}])", r"\1", request["text"]))
    return example.get("body") or request.get("json")


def squeezed(text):
    """The text without blanks and breaks, and without what makes a line go on."""
    return re.sub(r"\s|\\\n", "", text.replace("<%= config[:api_endpoint] %>", "api.rees46.com"))


def test_what_is_changed_in_an_example_is_noticed():
    example = PUBLISHED["segments.Add"]["request"]
    printed = read(PUBLISHED["segments.Add"]["printed"])
    for changed, name in (
        (example | {"path": "/segments/ad"}, "path"),
        (example | {"method": "PUT"}, "method"),
        (example | {"parameters": example["parameters"] | {"segment": "1"}}, "segment"),
        (example | {"parameters": {"email": "a@b.example", "segment_id": "1"}}, "phone"),
    ):
        assert differences(example_request(changed), printed) == {name}
