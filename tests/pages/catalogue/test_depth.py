"""How deep a JSON file is nested is told while it is read: a small file of brackets must not fill the memory."""

import io
import json

import pytest

from app.pages.catalogue.formats import depth, json_rows
from app.pages.catalogue.formats.depth import Shallow
from app.web.tables.upload import Unreadable
from tests.page import upload

DEEP = b"[" * 100_000
TEXTS = {
    1: ["[[[[", '"[[[', "\\[[[", '\\"]', "\\\\"],
    2: {"[": {"]": "]]", "}": 1}, "é[": "]]]]", '{"': []},
    4: [[[[]]], [[]], '\\"'],
}


@pytest.mark.parametrize("levels", TEXTS)
@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_only_brackets_outside_of_strings_count_however_the_text_is_cut(app, monkeypatch, levels, size):
    written = json.dumps(TEXTS[levels]).encode()
    monkeypatch.setattr(depth, "DEEPEST", levels)
    read_whole(Shallow(io.BytesIO(written)), size)
    monkeypatch.setattr(depth, "DEEPEST", levels - 1)
    with app.test_request_context(), pytest.raises(Unreadable):
        read_whole(Shallow(io.BytesIO(written)), size)


def read_whole(file, size):
    while file.read(size):
        pass


@pytest.mark.parametrize("place", ["item", "item.item"])
def test_a_file_of_brackets_is_refused_before_it_fills_the_memory(app, place):
    with app.test_request_context(), pytest.raises(Unreadable) as refused:
        list(json_rows.rows(io.BytesIO(DEEP), place))
    assert refused.value.words == "This JSON is nested too deeply: more than 1000 levels."


@pytest.mark.parametrize("begin", [b"", b'{"items":', b'{"x":[],"items":'])
def test_the_form_says_so(marketer, begin):
    page = marketer.get("/catalogue/new").press("Read it", file=upload(begin + DEEP, "deep.json"))
    assert page.status == 422
    assert "This JSON is nested too deeply: more than 1000 levels." in page.text
