"""Test messages: written, looked at, sent once, and their history."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.engine.store.messages import Message
from app.store.acts import Act
from app.store.base import now
from app.store.sends import Send
from tests.adapters import Dead, Silent, trouble

SMS = {
    "name": "Order is ready",
    "code": "order_ready",
    "variables": "order.number\norder.until",
    "sms": "Order {{ order.number }} is ready until {{ order.until }}. {{ url }}",
}
PHONE = "8 (999) 000-00-02"


@pytest.fixture
def outbox(settings):
    """What the box has delivered, newest first."""
    from sqlalchemy.orm import Session  # noqa: PLC0415  # as above

    from app.database import Database  # noqa: PLC0415  # the box's own

    database = Database(settings.box_database, Session)

    def read():
        with database.reading() as db:
            return list(db.scalars(select(Message).order_by(Message.id.desc())))

    return read


@pytest.fixture
def register(marketer):
    """A register with the SMS campaign that the box has."""
    return marketer.get("/messages/campaigns/new?kind=sms").press("Add the campaign", **SMS)


def written(visitor, phone=PHONE, **more):
    """The review of an SMS of the register."""
    page = visitor.get("/messages/new").follow("Order is ready")
    return page.press("Look at what will be sent", phone=phone, **row_values(page, **more))


def row_values(page, **values):
    """Fields of the form that give these variables a value, by the names that stand in the rows."""
    names = {one["value"]: one["name"].replace("-name", "-value") for one in page.dom.select('input[name$="-name"]')}
    return {names[name.replace("__", ".")]: value for name, value in values.items()}


def test_a_message_is_shown_whole_before_it_is_sent(marketer, register, outbox):
    before = len(outbox())
    page = written(marketer, order__number="BK-7", order__until="20:00", url="https://r46.dev/x")
    assert page.h1 == "Look before it goes"
    assert page.row("order.number") == ["order.number", "BK-7"]
    assert "Order BK-7 is ready until 20:00. https://r46.dev/x" in page.text
    assert "1 part" in page.text
    assert '"phone": "+79990000002"' in page.text
    assert "$REES46_SECRET" in page.text
    assert len(outbox()) == before


def test_it_is_sent_by_one_more_click_and_kept_as_sent(marketer, register, outbox):
    page = written(marketer, order__number="BK-7", order__until="20:00", url="u").press("Send the SMS")
    sent = outbox()[0]
    assert (sent.channel, sent.recipient) == ("sms", "79990000002")
    assert "REES46 took it" in page.text
    assert sent.code in page.text
    assert "+7 999 000-00-02" in page.text
    assert "Order BK-7 is ready until 20:00. u" in page.text
    assert "sms/transactional" in page.text
    row = marketer.get("/messages/").row("Order is ready")
    assert {"+7 999 000-00-02", "Sent", "SMS"} <= set(row)


def test_the_same_click_again_sends_nothing(marketer, register, outbox):
    page = written(marketer, order__number="BK-7")
    before = len(outbox())
    page.press("Send the SMS")
    again = page.press("Send the SMS")
    assert "REES46 took it" in again.text
    assert len(outbox()) == before + 1


def test_sixty_four_clicks_at_once_send_one_message(someone, app, register, outbox, desk):
    visitor = someone("marketer")
    page = written(visitor, order__number="BK-7")
    before = len(outbox())
    action = page.dom.select_one("form#send")["action"]
    data = {"csrf_token": page.dom.select_one("form#send [name=csrf_token]")["value"]}
    cookie = visitor.client.get_cookie("desk46")

    def click(_number):
        client = app.test_client()
        client.set_cookie("desk46", cookie.value)
        return client.post(action, data=data).status_code

    with ThreadPoolExecutor(64) as pool:
        statuses = list(pool.map(click, range(64)))
    assert set(statuses) == {303}
    assert len(outbox()) == before + 1
    with desk.reading() as db:
        assert db.scalar(select(func.count()).where(Act.what == "messages.Sms")) == 1


def test_what_was_sent_today_to_the_same_recipient_wants_a_tick(marketer, register, outbox):
    written(marketer, order__number="BK-7").press("Send the SMS")
    page = written(marketer, order__number="BK-8")
    assert "was sent something today already" in page.text
    before = len(outbox())
    refused = page.press("Send the SMS")
    assert refused.status == 422
    assert any("Tick this" in words for words in refused.errors)
    assert len(outbox()) == before
    assert "REES46 took it" in refused.press("Send the SMS", again="y").text
    assert len(outbox()) == before + 1


def test_missing_variables_are_named_by_their_path_before_sending(marketer, register):
    page = written(marketer, order__number="BK-7")
    assert [one.get_text() for one in page.dom.select("#reads .callout .tag")] == ["order.until", "url"]


def test_variables_that_a_campaign_wants_are_missed_without_a_copy_as_well(marketer):
    page = marketer.get("/messages/campaigns/new").press(
        "Add the campaign", name="No copy", code="courier", variables="name\nhours"
    )
    page = page.follow("Test it").press("Look at what will be sent", phone=PHONE)
    assert "The campaign wants these variables" in page.text
    assert [one.get_text() for one in page.dom.select("#what .tag")] == ["name", "hours"]


def test_a_long_text_says_its_parts_on_the_button(marketer, register):
    page = written(marketer, order__number="х" * 80)
    assert page.form("Send the SMS in 2 parts")
    assert "Cyrillic is always sent as UCS-2" in page.text


def test_variables_are_filled_from_a_real_profile_for_another_recipient(marketer, register, outbox):
    page = marketer.get("/messages/new?kind=sms")
    page = page.press("Fill", code="courier", phone=PHONE, persona="anna.kowalska@example.com")
    values = {one["value"] for one in page.dom.select("#variables input")}
    assert {"first_name", "Anna", "loyalty_status", "Gold"} <= values
    page = page.press("Look at what will be sent")
    assert page.row("first_name") == ["first_name", "Anna"]
    assert "Anna Kowalska" in page.text
    page.press("Send the SMS")
    assert outbox()[0].recipient == "79990000002"


def test_a_message_to_a_known_customer_starts_from_their_profile(marketer, register):
    found = marketer.get("/messages/").press("Show only theirs", who="anna.kowalska@example.com")
    key = found.answer.request.args["to"]
    page = marketer.get(f"/messages/new?kind=sms&to={key}")
    assert page.dom.select_one("[name=phone]")["value"] == "+447700900101"
    assert "Anna" in {one["value"] for one in page.dom.select("#variables input")}


def test_filling_from_nobody_says_so_and_keeps_what_was_typed(marketer, register):
    page = marketer.get("/messages/new?kind=sms").press("Fill", phone=PHONE, persona="nobody@example.com")
    assert page.status == 422
    assert page.errors == ["REES46 knows no such customer."]
    assert page.dom.select_one("[name=phone]")["value"] == "+79990000002"


def test_two_identifiers_that_lead_to_two_people_fill_nothing(marketer):
    page = marketer.get("/messages/new?kind=sms")
    page = page.press("Fill", persona=f"anna.kowalska@example.com {PHONE}")
    assert page.status == 422
    assert "This leads to two people" in page.errors[0]


def test_a_profile_that_cannot_be_read_leaves_the_form_standing(app, marketer):
    key = marketer.get("/messages/").press("Show only theirs", who=PHONE).answer.request.args["to"]
    trouble(app, Silent(), only="/profile")
    page = marketer.get(f"/messages/new?kind=sms&to={key}")
    assert page.status == 200
    assert "The profile could not be read" in page.messages
    assert page.dom.select_one("[name=phone]")["value"] == "+79990000002"
    page = page.press("Fill", code="courier", persona="anna.kowalska@example.com")
    assert page.errors == ["REES46 did not answer."]
    assert page.dom.select_one("[name=code]")["value"] == "courier"


def test_rows_become_json_and_back(marketer):
    page = marketer.get("/messages/new?kind=sms")
    page = page.press("Write as JSON", **{"rows-0-name": "promo.code", "rows-0-value": "X1"})
    assert '"promo": {' in page.dom.select_one("textarea[name=json]").get_text()
    page = page.press("Write as rows")
    assert page.dom.select_one("[name=rows-0-name]")["value"] == "promo.code"


def test_a_list_becomes_a_row_of_its_kind(marketer):
    page = marketer.get("/messages/new?kind=sms").press("Write as JSON")
    page = page.press("Write as rows", json='{"items": [1, 2]}')
    assert page.dom.select_one("[name=rows-0-value]")["value"] == "[1, 2]"
    assert page.dom.select_one("[name=rows-0-kind] option[selected]")["value"] == "list"
    assert '"items": [' in page.press("Write as JSON").dom.select_one("textarea[name=json]").get_text()


@pytest.mark.parametrize("held_by_no_row", ['{"a.b": 1}', '{"a": null}'])
def test_what_no_row_can_hold_stays_json(marketer, held_by_no_row):
    page = marketer.get("/messages/new?kind=sms").press("Write as JSON")
    page = page.press("Write as rows", json=held_by_no_row)
    assert page.dom.select_one("textarea[name=json]")
    assert any("stay JSON" in words for words in page.errors)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "no JSON"),
        ("[1]", "Write an object"),
        ('{"a": NaN}', "no JSON"),
        ('{"a": "\\u0000"}', "cannot be sent"),
        ('{"a": "\\ud800"}', "cannot be sent"),
        ('{"a":' + "[" * 50 + "]" * 50 + "}", "too deeply"),
        ('{"a":' + "[" * 5000 + "]" * 5000 + "}", "no JSON"),
        ('{"a": "' + "x" * 200_000 + '"}', "too long"),
    ],
)
def test_variables_that_cannot_be_sent_are_refused_in_words(marketer, desk, text, words):
    page = marketer.get("/messages/new?kind=sms").press("Write as JSON")
    page = page.press("Look at what will be sent", code="courier", phone=PHONE, json=text)
    assert page.status == 422
    assert any(words in error for error in page.errors), page.errors
    with desk.reading() as db:
        assert db.scalar(select(Send.id).limit(1)) is None


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"rows-0-value": "x"}, "Name the variable"),
        ({"rows-0-name": "a..b", "rows-0-value": "x"}, "no name"),
        ({"rows-0-name": "a", "rows-0-value": "x", "rows-1-name": "a.b", "rows-1-value": "y"}, "parts as well"),
        ({"rows-0-name": "a", "rows-0-value": "x", "rows-1-name": "a", "rows-1-value": "y"}, "twice"),
        ({"rows-0-name": "a", "rows-0-value": "\0"}, "cannot be sent"),
    ],
)
def test_rows_that_make_no_sense_are_refused_in_words(marketer, rows, words):
    page = marketer.get("/messages/new?kind=sms")
    page = page.press("Look at what will be sent", code="courier", phone=PHONE, **rows)
    assert page.status == 422
    assert any(words in error for error in page.errors), page.errors


def test_names_with_html_are_shown_as_text(marketer, outbox):
    page = marketer.get("/messages/new?kind=sms").press(
        "Look at what will be sent", code="courier", phone=PHONE, **{"rows-0-name": "name", "rows-0-value": "<b>x</b>"}
    )
    assert not page.dom.select("main b")
    assert page.row("name") == ["name", "<b>x</b>"]


def test_a_refusal_is_kept_apart_and_said_in_rees46s_words(marketer, outbox):
    before = len(outbox())
    page = marketer.get("/messages/new?kind=sms").press("Look at what will be sent", code="no_such", phone=PHONE)
    page = page.press("Send the SMS")
    assert "REES46 refused it" in page.text
    assert "There is no campaign with this code" in page.text
    assert marketer.get("/messages/?state=refused").cell("no_such", "Outcome") == "Refused"
    assert len(outbox()) == before


def test_no_connection_means_not_sent(app, marketer, register):
    page = written(marketer, order__number="BK-7")
    trouble(app, Dead(), only="/sms/transactional")
    page = page.press("Send the SMS")
    assert "It was not sent" in page.text
    assert "safe to send it again" in page.text


LOST = [{"cut": True}, {"status": 500}, {"status": 502}, {"status": 504}, {"status": 200, "body": "<html>"}]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("fault", LOST, ids=str)
def test_no_clear_answer_means_unknown_until_a_person_settles_it(stage, marketer, register, desk, fault, when):
    page = written(marketer, order__number="BK-7")
    stage.fault(operation="messages.Sms", when=when, times=0, **fault)
    page = page.press("Send the SMS")
    assert "Nobody knows whether it was sent" in page.text
    assert len(stage.calls("messages.Sms")) == 1, "a message is never sent again by a machine"
    assert len(stage.outbox(to="79990000002", campaign="order_ready")) == (when == "after")
    assert marketer.get("/messages/?state=unknown").row("Order is ready")
    unsaid = page.press("It arrived")
    assert unsaid.status == 422
    settled = page.press("It arrived", note="Seen on my phone")
    assert "Settled by Marketer" in settled.text
    with desk.reading() as db:
        assert db.scalar(select(Send)).state == "arrived"
        assert db.scalar(select(Act).where(Act.what == "messages.Sms")).outcome == "done"
    assert page.press("It did not arrive", note="Too late").status == 409


def test_what_is_settled_in_the_trail_is_settled_here(app, marketer, register, desk):
    page = written(marketer, order__number="BK-7")
    trouble(app, Silent(), only="/sms/transactional")
    page = page.press("Send the SMS")
    with desk.reading() as db:
        number = db.scalar(select(Act.id).where(Act.what == "messages.Sms"))
    page.follow(f"Act {number}").press("Settle it", outcome="failed", note="Not on the phone")
    again = marketer.get(page.path)
    assert marketer.get("/messages/?state=lost").row("Order is ready")
    assert "Nothing matches" in marketer.get("/messages/?state=unknown").text
    assert "It did not arrive" in again.text
    assert "Not on the phone" in again.text


def test_a_desk_that_died_while_sending_leaves_an_unknown(marketer, register, desk):
    page = written(marketer, order__number="BK-7")
    number = int(page.path.split("/")[2])
    with desk.writing() as db:  # as a killed process leaves it
        sent_by = Act(shop_id=1, person="Marketer", what="messages.Sms")
        db.add(sent_by)
        db.flush()
        db.get_one(Send, number).act_id = sent_by.id
    assert "It is being sent" in marketer.get(f"/messages/{number}").text
    assert marketer.post(f"/messages/{number}", {"outcome": "arrived", "note": "x"}).status == 409
    with desk.writing() as db:
        db.get_one(Act, sent_by.id).until = now()
    assert "Nobody knows whether it was sent" in marketer.get(f"/messages/{number}").text
    assert "Nobody knows" in marketer.get(f"/messages/{number}/review").text
    for path in ("/trail/?outcome=unknown", "/trail/"):
        assert marketer.get(path).row("Sent an SMS")[3] == "Unknown"
    settled = marketer.get(f"/trail/{sent_by.id}").press("Settle it", outcome="done", note="Seen")
    assert settled.status == 200
    assert "Settled by Marketer" in marketer.get(f"/messages/{number}").text


def test_a_message_is_opened_and_sent_again_with_changes(marketer, register, outbox):
    page = written(marketer, order__number="BK-7", order__until="20:00").press("Send the SMS")
    again = page.follow("Send again with changes")
    assert again.dom.select_one("[name=phone]")["value"] == "+79990000002"
    review = again.press("Look at what will be sent", **row_values(again, order__number="BK-8"))
    review.press("Send the SMS", again="y")
    assert outbox()[0].parts["text"].startswith("Заказ BK-8")


def test_a_multi_channel_message_goes_to_the_cheapest_channel(marketer, outbox):
    page = marketer.get("/messages/new?kind=multi").press(
        "Look at what will be sent", code="welcome", email="Ella.Email@example.com"
    )
    assert "the cheapest that reaches the customer" in page.text
    page.press("Send the message")
    assert (outbox()[0].channel, outbox()[0].recipient) == ("email", "ella.email@example.com")


def test_a_message_without_a_recipient_is_refused(marketer):
    page = marketer.get("/messages/new?kind=multi").press("Look at what will be sent", code="welcome")
    assert page.status == 422
    assert any("At least one of email" in words for words in page.errors)


def test_the_history_of_a_recipient_has_no_address_in_its_url(marketer, register):
    written(marketer, order__number="BK-7").press("Send the SMS")
    page = marketer.get("/messages/").press("Show only theirs", who="+7 999 000 00 02")
    assert page.row("Order is ready")
    assert "999" not in page.answer.request.url
    assert (
        marketer.get("/messages/")
        .press("Show only theirs", who="ella.email@example.com")
        .dom.select("[data-state=filtered]")
    )


def test_a_panel_of_the_profile_shows_what_went_to_a_customer(marketer, register):
    written(marketer, order__number="BK-7").press("Send the SMS")
    page = marketer.get("/messages/").press("Show only theirs", who=PHONE)
    key = page.answer.request.args["to"]
    panel = marketer.htmx(f"/messages/of/{key}", target="div#messages-body")
    assert "<html" not in panel.html
    assert "Order is ready" in panel.html
    assert marketer.get(f"/messages/of/{key}").h1 == "Messages of a customer"


def test_a_viewer_reads_the_history_and_is_offered_nothing(viewer, marketer, register):
    sent = written(marketer, order__number="BK-7").press("Send the SMS")
    page = viewer.get("/messages/")
    assert page.row("Order is ready")
    assert "New test message" not in page.text
    assert "Send again" not in viewer.get(sent.path).text
    assert viewer.get("/messages/new").status == 403
    assert viewer.get("/messages/bench").status == 403
    assert viewer.post(f"{sent.path}/send").status == 403
    assert viewer.post(sent.path, {"outcome": "arrived", "note": "x"}).status == 403


def test_a_message_of_another_shop_is_not_there(marketer, register):
    sent = written(marketer, order__number="BK-7").press("Send the SMS")
    second = next(one["value"] for one in sent.dom.select("button[name=shop]") if "Second" in one.get_text())
    marketer.post("/shops/switch", {"shop": second})
    assert marketer.get(sent.path).status == 404
