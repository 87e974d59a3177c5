"""Writing a message and logging a communication in a browser: what htmx and the keyboard make of the forms."""

import re

from playwright.sync_api import expect

ANNA = "anna.kowalska@example.com"


def test_enter_looks_at_the_message_and_a_small_help_keeps_what_was_typed(visit):
    page = visit("/messages/new?kind=sms")
    page.get_by_label("Campaign code").fill("courier")
    page.get_by_label("Phone number").fill("8 999 000-00-02")
    page.get_by_label("Fill from the profile of").fill(ANNA)
    page.get_by_role("button", name="Fill", exact=True).click()
    expect(page.get_by_text("From the profile of Anna Kowalska")).to_be_visible()
    expect(page.get_by_label("Campaign code")).to_have_value("courier")
    page.get_by_label("Value of first_name").press("Enter")
    page.wait_for_url(re.compile("/review$"))
    expect(page.get_by_role("heading", name="Look before it goes")).to_be_visible()
    assert page.watched.barriers() == []


def test_a_wrong_form_takes_the_focus_to_what_is_wrong(visit):
    page = visit("/messages/new?kind=sms")
    page.get_by_label("Campaign code").fill("courier")
    page.get_by_role("button", name="Look at what will be sent").click()
    expect(page.get_by_text("This is needed.")).to_be_visible()
    expect(page.get_by_label("Phone number")).to_be_focused()


def test_a_communication_is_logged_without_leaving_the_page(visit):
    page = visit("/communications/")
    page.get_by_label("Customer", exact=True).fill("ella.email@example.com")
    page.get_by_role("button", name="Open their log").click()
    page.get_by_label("What was said").fill("Asked for a second bell.")
    address = page.url
    page.get_by_role("button", name="Log it").click()
    expect(page.locator(".timeline")).to_contain_text("Asked for a second bell.")
    assert page.url == address
    assert page.watched.barriers() == []
