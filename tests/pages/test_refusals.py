"""A REES46 that refuses everything with HTTP 200, in each form: no page says that anything was done."""

import json

import pytest

from app.store.acts import Act
from tests.adapters import Answering, over, trouble
from tests.pages.bodies import ANNA
from tests.rees46.refusals import FEW

KOWALSKA = "anna.kowalska@example.com"


@pytest.fixture
def every_form(app):
    """Do something once for each form of a refusal; REES46 is well again before and after."""

    def do(prepare, act, only="", method=""):
        for form, body in FEW.items():
            page = prepare()
            adapter = trouble(app, Answering(200, json.dumps(body).encode()), only=only, method=method)
            yield form, act(page)
            over(app, adapter)

    return do


def refused(every_form, desk, prepare, act, done, only="", method=""):
    for form, page in every_form(prepare, act, only, method):
        assert not any(words in page.text or words in page.messages for words in done), (form, page.text[:400])
        with desk.reading() as db:
            last = db.query(Act).order_by(Act.id.desc()).first()
        assert last.outcome == "refused", (form, last.what, last.outcome)


def test_nobody_is_put_into_a_segment_or_out_of_one(every_form, desk, agent):
    refused(
        every_form,
        desk,
        lambda: agent.get("/segments/find").press("Show segments", who=KOWALSKA),
        lambda page: page.press("Add to segment", segment_id="315"),
        ["Added to"],
    )


def test_no_subscription_is_changed(every_form, desk, agent):
    def preview():
        page = agent.get("/subscriptions/").press("Show subscriptions", who=KOWALSKA).follow("Change them")
        return page.press("Look what changes", email_bulk="false")

    refused(
        every_form,
        desk,
        preview,
        lambda page: page.press("Change 1 subscription"),
        ["Changed and read back", "accepted it"],
        "/subscriptions/manage",
    )


def test_no_report_of_an_address_is_taken(every_form, desk, agent):
    refused(
        every_form,
        desk,
        lambda: agent.get("/subscriptions/report").press("Look first", email=KOWALSKA),
        lambda page: page.press("Report it to REES46", event="unsubscribed", reason="x", typed=KOWALSKA),
        ["was told", "Reported"],
        "/subscriptions/callback",
    )


def test_no_profile_is_saved(every_form, desk, agent):
    def review():
        page = agent.get("/customers/").press("Find", within="main", who=KOWALSKA).follow("Edit")
        return page.press("Look it over", last_name="Refused")

    refused(every_form, desk, review, lambda page: page.press("Save 1 change"), ["Saved:"], "/profile/set")


def test_no_address_changes_hands(every_form, desk, admin):
    def look():
        return admin.get("/customers/").press("Find", within="main", who=KOWALSKA).follow("Change e-mail")

    refused(
        every_form,
        desk,
        look,
        lambda page: page.press("Change the e-mail", new_email="free@example.com"),
        ["Read back", "Forced"],
        "/force_change_email",
    )


def test_no_codes_are_uploaded(every_form, desk, marketer):
    def check():
        return marketer.get("/promo_codes/upload").press("Check the codes", list="3184", codes="REFUSED-1\nREFUSED-2")

    refused(
        every_form,
        desk,
        check,
        lambda page: page.press("Upload the codes"),
        ["2 accepted", "All are sent"],
        "/promo_codes",
        "POST",
    )


def test_no_look_at_subscriptions_is_made_up(every_form, agent):
    for form, page in every_form(
        lambda: agent.get("/subscriptions/").press("Show subscriptions", who=KOWALSKA),
        lambda page: page.follow("Change them"),
    ):
        assert "REES46 refused" in page.text or "keys of this shop" in page.text, form
        assert "reachable" not in page.text


def test_no_code_is_handed_out(every_form, desk, marketer):
    for form, page in every_form(
        lambda: marketer.get("/promo_codes/hand-out"),
        lambda page: page.press("Hand out the code", list="3184", reason="Ticket 5"),
    ):
        assert not page.dom.select(".voucher strong"), form
        assert "handed out" not in page.h1.lower(), form


def test_no_link_is_made(every_form, desk, marketer):
    url = "https://shop.example/refused"
    refused(
        every_form,
        desk,
        lambda: marketer.get("/links/shorten"),
        lambda page: page.press("Shorten the link", url=url),
        ["1 short link"],
    )


def test_no_message_is_sent(every_form, desk, marketer):
    def look():
        page = marketer.get("/messages/new?kind=sms")
        return page.press("Look at what will be sent", code="order_ready", phone="79990000002")

    refused(every_form, desk, look, lambda page: page.press("Send the SMS"), ["Sent", "was accepted"])


def test_no_communication_is_logged(every_form, desk, agent):
    for form, page in every_form(
        lambda: agent.get("/communications/").press("Open their log", who=KOWALSKA),
        lambda page: page.press("Log it", comment="Refused", call_theme="delivery", status="open"),
    ):
        assert "Logged" not in page.messages, form
        assert not any("Refused" in one.get_text() for one in page.dom.select(".timeline > li")), form


def test_nobody_is_said_to_be_unknown_or_without_anything(every_form, agent, marketer):
    """REES46 refused to say; that is not the same as there being none."""
    for form, page in every_form(
        lambda: agent.get("/customers/"), lambda page: page.press("Find", within="main", who=ANNA)
    ):
        assert "knows no such" not in page.text, (form, page.text[:300])
        assert "Not today" in page.text or "no reason was given" in page.text or "keys of this shop" in page.text, form
    for form, page in every_form(lambda: None, lambda _page: marketer.get("/promo_codes/")):
        assert "No promo lists" not in page.text, form
    for form, page in every_form(lambda: None, lambda _page: agent.htmx("/blocks/promo-codes-running-low")):
        assert "enough codes" not in page.text, form
