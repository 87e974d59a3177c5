"""The request log: what went out, what came back, and sending it again."""

import pytest

from app.store.exchanges import Exchange
from tests.adapters import Answering, trouble


def last_call(desk):
    with desk.reading() as db:
        return db.query(Exchange).order_by(Exchange.id.desc()).first()


def test_every_call_is_kept_with_its_curl_and_its_answer(desk, viewer):
    viewer.htmx("/state")
    page = viewer.get("/requests/").follow("promo_codes.Lists")
    assert "$REES46_SECRET" in page.text
    assert '"available"' in page.text
    assert last_call(desk).outcome == "done"


def test_a_read_is_sent_again_with_changes(desk, agent):
    agent.htmx("/changes")
    page = agent.get("/requests/").follow("subscriptions.Changes")
    page = page.press("Send subscriptions.Changes again", asked='{"event": "complained"}')
    assert "Sent again." in page.messages
    assert last_call(desk).asked == '{"event": "complained"}'


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("{", "not valid JSON"),
        ('{"from": "yesterday"}', "from"),
        ("[]", ""),
        ('{"wrong": 1}', "wrong"),
        ("[" * 9000, ""),
    ],
)
def test_parameters_that_do_not_fit_are_shown_and_nothing_is_sent(desk, agent, asked, said):
    agent.htmx("/changes")
    before = last_call(desk).id
    page = agent.get(f"/requests/{last_call(desk).key}").press("Send subscriptions.Changes again", asked=asked)
    assert page.status == 422
    assert said in " ".join(page.errors)
    assert last_call(desk).id == before


def test_what_went_wrong_is_kept_as_it_was(app, desk, viewer):
    trouble(app, Answering(500, b"<h1>boom</h1>"))
    viewer.htmx("/state")
    call = last_call(desk)
    assert (call.outcome, call.status, call.answer) == ("unreachable", 500, "<h1>boom</h1>")
    page = viewer.get(f"/requests/{call.key}")
    assert "<h1>boom</h1>" in page.text


def test_the_filters_narrow_the_log(viewer):
    viewer.htmx("/state")
    assert len(viewer.get("/requests/?operation=promo_codes.Lists").rows()) == 1
    assert "Nothing matches these filters" in viewer.get("/requests/?outcome=refused").text
    assert viewer.get("/requests/?day=2000-01-01").status == 200
    assert viewer.get("/requests/?day=nonsense&person=%F0%9F&before=-1").status == 200


def test_a_viewer_sends_nothing_again(desk, viewer):
    viewer.htmx("/state")
    page = viewer.get(f"/requests/{last_call(desk).key}")
    assert "Send it again" not in page.text
    assert viewer.post(page.path, {"asked": "{}"}).status == 403


def test_an_unknown_call_is_not_found(viewer):
    assert viewer.get("/requests/nothing").status == 404
