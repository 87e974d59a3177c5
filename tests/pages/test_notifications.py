"""What REES46 sent to a customer: a panel, a page of all, one message; what was read stays known."""

import json
from datetime import timedelta

import pytest

from app.store import last_replies
from app.store.base import now
from tests.adapters import Answering, Dead, Silent, over, trouble

ANNA = "anna.kowalska@example.com"
NORA = "nora.new@example.com"
OURS = "/notifications"


def panel(visitor, who=ANNA, name="notifications"):
    page = visitor.post("/customers/find", {"who": who})
    return page, part(page, name)


def part(page, name="notifications"):
    """What one page knows of the customer that is shown, as htmx asks for it."""
    key = page.path.rpartition("/")[2]
    return page.visitor.htmx(f"/{name}/of/{key}", target=f"div#panel-{name}-body")


def message(code, days, **more):
    at = now() - timedelta(days=days)
    told = {"type": "bulk", "channel": "email", "code": code, "subject": f"Subject of {code}", "body": "Hello"}
    return told | {"sent_at": f"{at.isoformat(timespec='milliseconds')}Z", "statistics": {"opened": True}} | more


def said(*messages):
    return json.dumps({"status": "success", "payload": {"messages": list(messages)}}).encode()


def test_the_panel_lists_what_was_sent_with_what_became_of_it(agent):
    _, shown = panel(agent)
    assert shown.status == 200
    for words in ("6 messages", "Your order is delivered", "Transactional", "Mobile push", "Triggered"):
        assert words in shown.text
    assert len(shown.dom.select(".timeline > li")) == 6


def test_a_letter_is_shown_as_text_and_never_as_html(app, agent):
    body = "<style>p{}</style><p>Hi</p><p><b>you</b>!</p><script>x()</script>"
    trouble(app, Answering(body=said(message("a", 1, body=body))), OURS)
    _, shown = panel(agent)
    assert "Hi you" in shown.text
    assert "Hi you !" not in shown.text
    assert not shown.dom.find_all(["script", "style"])
    assert "x()" not in shown.text


def test_a_text_with_signs_of_more_and_less_is_no_html_and_a_code_may_have_a_slash(app, agent):
    told = message("a/b", 1, channel="sms", subject=None, body="Buy 2 < 3 and pay 5 > 4")
    trouble(app, Answering(body=said(told)), OURS)
    _, shown = panel(agent)
    assert "Buy 2 < 3 and pay 5 > 4" in shown.text
    assert shown.follow("What happened to it").status == 200


def test_nothing_sent_is_said_in_words(agent):
    _, shown = panel(agent, NORA)
    assert "No messages in two weeks" in shown.text


def test_a_message_has_a_page_with_its_events(agent):
    page, shown = panel(agent)
    one = shown.follow("What happened to it")
    assert one.status == 200
    assert "sent" in one.dom.find(id="events").get_text()
    assert agent.get(f"/notifications/of/{page.path.rpartition('/')[2]}/no-such-code").status == 404


def test_events_that_are_not_told_leave_the_message_standing(app, agent):
    _, shown = panel(agent)
    trouble(app, Dead(), "/notifications/seed-")
    one = shown.follow("What happened to it")
    assert one.status == 200
    assert "REES46 did not answer" in one.dom.find(id="events").get_text()


@pytest.mark.parametrize("adapter", [Silent, Dead, lambda: Answering(503), lambda: Answering(200, b"<html>")])
def test_without_an_answer_the_last_one_is_shown_with_its_time(app, agent, adapter):
    page, _ = panel(agent)
    troubled = trouble(app, adapter(), OURS)
    again = part(page)
    assert again.status == 200
    assert "This is what was read last" in again.text
    assert "Your order is delivered" in again.text
    assert again.dom.select_one(".recalled time")["datetime"]
    over(app, troubled)
    assert "This is what was read last" not in part(page).text


def test_without_an_answer_and_nothing_read_the_failure_is_said(app, agent):
    trouble(app, Dead(), OURS)
    _, shown = panel(agent)
    assert shown.status == 502
    assert "REES46 did not answer" in shown.text


def test_a_refusal_is_never_covered_by_what_was_read(app, agent):
    page, _ = panel(agent)
    trouble(app, Answering(403, b'{"status":"error","payload":{"message":"Invalid secret key"}}'), OURS)
    shown = part(page)
    assert shown.status == 422
    assert "does not accept the keys of this shop" in shown.text


def test_what_is_older_than_rees46_tells_stays_known(app, agent):
    adapter = trouble(app, Answering(body=said(message("new", 1), message("old", 13.9))), OURS)
    page, shown = panel(agent)
    assert "2 messages" in shown.text
    adapter.body = said(message("newer", 0.1), message("new", 1), message("old", 15))
    part(page)
    adapter.body = said(message("newer", 0.1))
    shown = part(page)
    assert "1 older one, as this desk read it" in shown.text
    assert "Subject of old" in shown.text
    assert "Subject of new" in shown.text


def test_what_was_read_is_encrypted_and_is_forgotten_after_a_time(app, agent, desk):
    page, _ = panel(agent)
    with desk.writing() as db:
        row = db.query(last_replies.LastReply).filter_by(kind="notifications.Sent").one()
        assert "delivered" not in row.text
        row.read = now() - last_replies.KEPT_FOR - timedelta(minutes=1)
    trouble(app, Dead(), OURS)
    assert part(page).status == 502
    with desk.writing() as db:
        last_replies.forget_old(db, now() - last_replies.KEPT_FOR)
        assert db.query(last_replies.LastReply).filter_by(kind="notifications.Sent").count() == 0


def test_what_was_read_with_another_key_or_in_another_shape_is_as_if_never_read(app, agent, desk, settings):
    page, _ = panel(agent)
    for text in ("not encrypted", last_replies.lock('{"messages": 7}', settings.key)):
        with desk.writing() as db:
            db.query(last_replies.LastReply).filter_by(kind="notifications.Sent").one().text = text
        troubled = trouble(app, Dead(), OURS)
        assert part(page).status == 502
        over(app, troubled)


NOT_OFFERED = [
    (404, b'{"status":404,"error":"Not Found"}'),
    (404, b"<html>Not found</html>"),
    (404, b""),
    (403, b'{"status":"error","payload":{"message":"Feature is not available"}}'),
    (403, b""),
    (200, b'{"status":"error","payload":{"message":"Not Found"}}'),
    (200, b'{"success":false,"payload":{"message":"Forbidden"}}'),
    (405, b""),
    (501, b""),
]


@pytest.mark.parametrize(("status", "body"), NOT_OFFERED)
@pytest.mark.parametrize("name", ["notifications", "loyalty"])
def test_what_the_shop_has_not_is_one_calm_line(app, agent, name, status, body):
    trouble(app, Answering(status, body), f"/{name}")
    page, shown = panel(agent, name=name)
    assert shown.status == 200
    assert "REES46 does not offer this to this shop." in shown.text
    assert not shown.dom.select('[data-state="failed"]')
    whole = agent.get(f"/{name}/of/{page.path.rpartition('/')[2]}")
    assert whole.status == 200
    assert "REES46 does not offer this to this shop." in whole.text


@pytest.mark.parametrize(
    ("status", "message_"),
    [(401, "Unauthorized"), (403, "Invalid secret key"), (404, "Shop not found"), (200, "API secret is not correct")],
)
def test_wrong_keys_are_no_missing_feature(app, agent, status, message_):
    body = json.dumps({"status": "error", "payload": {"message": message_}}).encode()
    trouble(app, Answering(status, body), OURS)
    _, shown = panel(agent)
    assert shown.status in {404, 422}
    assert "does not offer" not in shown.text


def test_a_channel_that_the_shop_has_is_asked_about(app, agent, desk):
    from app.store.shops import Shop  # noqa: PLC0415  # only here

    with desk.writing() as db:
        db.query(Shop).filter_by(slug="demo").one().channels = ["telegram"]
    adapter = trouble(app, Answering(body=said()), OURS)
    _, shown = panel(agent)
    assert "telegram" in adapter.calls[-1].url
    assert "whatsapp" not in adapter.calls[-1].url
    assert "Telegram" in shown.text


def test_the_page_shows_what_rees46_counts_by_channel_and_kind(agent):
    page, _ = panel(agent)
    key = page.path.rpartition("/")[2]
    page = agent.get(f"/notifications/of/{key}?days=90")
    rows = page.tree.cssselect("#counted tbody tr")
    assert rows
    assert all(sum(map(int, [cell.text_content() for cell in row.cssselect("td.number")])) for row in rows)
    assert page.tree.cssselect("#counted option[selected]")[0].get("value") == "90"


@pytest.mark.parametrize(("days", "status"), [("", 200), ("x", 422), ("-1", 422), ("9" * 11, 422)])
def test_the_page_stands_with_two_weeks_where_the_span_is_nonsense(agent, days, status):
    page, _ = panel(agent, NORA)
    key = page.path.rpartition("/")[2]
    shown = agent.get(f"/notifications/of/{key}?days={days}")
    assert shown.status == status
    assert "REES46 counts no message since" in shown.text


def test_the_messages_stand_where_the_counts_cannot_be_read(app, agent):
    page, _ = panel(agent)
    trouble(app, Silent(), f"{OURS}/counters")
    shown = agent.get(f"/notifications/of/{page.path.rpartition('/')[2]}")
    assert shown.status == 200
    assert "REES46 did not answer." in shown.text
    assert shown.tree.cssselect("ol.timeline li")
