"""Samples of the reference run as they are, and calls can be tried on test shops by who may send them."""

import json
import re

import pytest

from app.rees46 import products, search, segments, subscriptions
from app.rees46.catalogue import every_operation
from app.rees46.examples import example_of
from app.rees46.request import Call
from app.rees46.samples import samples
from app.store import shops
from app.store.acts import Act

SAMPLE = example_of(segments.Add).call
NAMES = [kind.name() for kind in every_operation()]
SHELL_SECRET = "$REES46_SECRET"


def test_a_page_has_the_call_in_three_languages_with_the_shops_id_and_the_host_of_the_request(viewer):
    page = viewer.get("/reference/segments.Add")
    shown = [block.get_text().strip() for block in page.dom.select(".sample code")]
    assert shown == [text.strip() for text in samples(SAMPLE, "http://localhost/api", "demo").values()]
    assert "rees46-in-a-box" not in page.html


@pytest.mark.parametrize("kind", every_operation(), ids=lambda kind: kind.name())
def test_the_sample_in_python_asks_what_the_client_asks(kind, monkeypatch):
    asked = run_in_python(samples(example_of(kind).call, "http://localhost/api", "demo")["Python"], monkeypatch)
    call = Call(example_of(kind).call, "http://localhost/api", "demo", "the secret")
    assert (asked.method, asked.url) == (call.method, call.url)
    assert (json_of(asked.body), asked.headers.get("X-Shop-Secret")) == (
        json_of(call.body),
        call.headers.get("X-Shop-Secret"),
    )


def run_in_python(text, monkeypatch):
    """Run a sample, with the wire taken from it."""
    import requests  # noqa: PLC0415  # what the sample imports

    seen = []

    def answered(session, prepared, **_):
        seen.append(prepared)
        answer = requests.Response()
        answer.status_code, answer._content = 200, b"{}"
        return answer

    monkeypatch.setenv("REES46_SECRET", "the secret")
    monkeypatch.setattr(requests.Session, "send", answered)
    exec(compile(text, "sample", "exec"), {"print": lambda *_: None})  # noqa: S102  # our own text
    (asked,) = seen
    return asked


def json_of(body):
    text = body.decode() if isinstance(body, bytes) else body or ""
    return json.loads(text) if text.startswith("{") else text


def test_samples_name_the_secret_as_a_variable_and_never_the_stand_in():
    for operation in (SAMPLE, example_of(subscriptions.Check).call, example_of(products.Put).call):
        shown = samples(operation, "http://localhost/api", "demo")
        assert SHELL_SECRET in shown["curl"]
        assert 'environ["REES46_SECRET"]' in shown["Python"]
        assert "process.env.REES46_SECRET" in shown["JavaScript"]
        assert not any("STANDIN" in text for text in shown.values())
    assert "SECRET" not in str(samples(example_of(search.Search).call, "http://localhost/api", "demo"))


def test_the_list_is_searched_by_name_path_parameter_synonym_and_words(viewer):
    for words, found in (
        ("segments.Add", "segments.Add"),
        ("/import/products put", "products.Put"),
        ("mobile_wallet_bulk", "subscriptions.Manage"),
        ("SHORT links", "links.Create"),
    ):
        assert found in viewer.get(f"/reference/?q={words}").text
    assert viewer.get("/reference/?q=segments.add").text.count("segments.Remove") == 0
    assert "No operation has all of these words" in viewer.get("/reference/?q=unicorn+push").text


def test_each_operation_and_each_parameter_can_be_linked_to(viewer):
    ids = {tag["id"] for tag in viewer.get("/reference/").dom.select("[id]")}
    assert set(NAMES) <= ids
    page = viewer.get("/reference/orders.Sync")
    ids = {tag["id"] for tag in page.dom.select("[id]")}
    assert {"p-orders", "p-Order.promocode"} <= ids
    assert all(tag["href"][1:] in ids for tag in page.dom.select("table a[href^='#']"))


def test_a_call_is_tried_on_a_test_shop_and_its_answer_shown(agent):
    page = agent.get("/requests/try/products.Read")
    shown = page.press("Send to Demo", asked='{"item_id": "37"}')
    assert '"name"' in shown.text
    assert "200" in shown.text
    assert "item_id=37" in agent.get("/requests/").follow("products.Read").text


def test_what_is_refused_is_shown_as_it_was_answered(agent):
    shown = agent.get("/requests/try/products.Read").press("Send to Demo", asked='{"item_id": "nothing"}')
    assert "404" in shown.text
    assert "Product not found" in shown.text


@pytest.mark.parametrize("asked", ["{", "[]", '{"unknown": 1}', '{"item_id": ""}'])
def test_parameters_that_make_no_call_are_named_and_kept(agent, asked):
    shown = agent.get("/requests/try/products.Read").press("Send to Demo", asked=asked)
    assert shown.status == 422
    assert asked in shown.dom.select_one("textarea").get_text()


def test_what_changes_something_wants_a_yes_and_stands_in_the_trail(agent, desk):
    page = agent.get("/requests/try/segments.Add")
    assert page.press("Send to Demo").status == 422
    shown = page.press("Send to Demo", sure="y")
    assert "success" in shown.text, shown.text
    with desk.reading() as db:
        assert [(act.what, act.state) for act in db.query(Act)] == [("segments.Add", "done")]


def test_only_test_shops_are_tried_on_and_only_by_who_may(viewer, agent, desk):
    assert "Try it" not in viewer.get("/reference/segments.Add").text
    assert viewer.get("/requests/try/segments.Add").status == 403
    assert "Try it in Demo" in agent.get("/reference/segments.Add").text
    assert agent.get("/requests/try/products.Put").status == 403
    with desk.writing() as db:
        for shop in shops.every(db):
            shop.kind = "live"
    assert agent.get("/requests/try/segments.Add").status == 404
    assert "Try it" not in agent.get("/reference/segments.Add").text


def test_the_call_of_an_act_names_the_host_of_the_request(agent):
    agent.get("/requests/try/products.Read").press("Send to Demo", asked='{"item_id": "37"}')
    shown = agent.get("/requests/").follow("products.Read")
    assert re.search(r"curl '?http://localhost/api/products/get\?", shown.text)
