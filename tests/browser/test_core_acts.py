"""What people do all day beside the ten questions, in any browser: forms, reviews, files and what htmx swaps in.

A desk is shared by the tests of a browser: whoever is changed here is looked at by no other of them.
"""

import re

import pytest

from tests.browser.conftest import after_swap
from tests.browser.webkit import expect


@pytest.fixture
def customer(visit_anywhere):
    """Open a customer."""

    def customer(who):
        page = visit_anywhere("/s/demo/customers/")
        box = page.locator("main input[name=who]").first
        box.fill(who)
        box.press("Enter")
        page.wait_for_selector(".who")
        return page

    return customer


def test_a_contact_is_logged_by_its_button(customer):
    page = customer("wanda.webpush@example.com")
    page.get_by_label("What was said").fill("Asked for a bell.")
    with after_swap(page):
        page.get_by_role("button", name="Log it").click()
    expect(page.locator(".event").filter(has_text="Asked for a bell.")).to_contain_text("Admin")


def test_a_customer_is_edited(customer):
    page = customer("max.mobile@example.com")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Edit").first.click()
    page.get_by_label("First name").fill("Umberta")
    page.get_by_role("button", name="Look it over").last.click()
    page.get_by_role("button", name="Save 1 change").click()
    expect(page.locator(".who h1")).to_contain_text("Umberta")


def test_a_phone_number_is_changed(customer):
    page = customer("sam.suppressed@example.com")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Change phone").click()
    page.get_by_label("New phone number").fill("+44 7700 900 999")
    page.get_by_role("button", name="Change the phone number").click()
    expect(page.locator(".who-ids")).to_contain_text("7700 900999")


def test_a_customer_is_put_into_a_segment(customer):
    page = customer("wanda.webpush@example.com")
    page.get_by_label("Number or name of a segment").fill("123")
    with after_swap(page):
        page.get_by_role("button", name="Add to segment").click()
    expect(page.locator(".event").filter(has_text="123").first).to_be_visible()


def test_a_test_message_is_looked_at_and_sent(visit_anywhere):
    page = visit_anywhere("/s/demo/messages/new?kind=sms")
    page.get_by_label("Campaign code").fill("courier")
    page.get_by_label("Phone number").fill("+44 7700 900 102")
    page.get_by_role("button", name="Look at what will be sent").click()
    page.wait_for_url(re.compile("/review$"))
    page.get_by_role("button", name="Send the SMS").click()
    page.wait_for_url(re.compile(r"/messages/\d+"))
    expect(page.get_by_role("link", name="Send again with changes")).to_be_visible()


def test_a_link_is_made_short(visit_anywhere):
    page = visit_anywhere("/s/demo/links/shorten")
    page.get_by_label("Long URL").fill("https://shop.example.com/spring")
    page.get_by_role("button", name="Shorten the link").click()
    expect(page.locator(".voucher strong")).to_be_visible()


def test_a_small_file_is_imported(visit_anywhere, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("email,first_name\nines.imported@example.com,Ines\n")
    page = visit_anywhere("/s/demo/imports/new")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("button", name="Import 1 customer").click()
    expect(page.locator("main")).to_contain_text("1 customer")
    expect(page.get_by_role("button", name="Count what arrived")).to_be_visible()
