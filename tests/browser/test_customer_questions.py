"""The questions that support is asked all day, each answered on the first screen, or with few clicks."""

import pytest

from tests.browser.conftest import after_swap
from tests.browser.webkit import expect

SIZE = (1280, 800)
ANNA = "anna.kowalska@example.com"


@pytest.fixture
def opened(visit_anywhere):
    """Open a customer as support does, and count the clicks from there on."""

    def opened(who):
        page = visit_anywhere("/s/demo/customers/", size=SIZE, role="support")
        box = page.locator("main input[name=who]").first
        box.fill(who)
        box.press("Enter")
        page.wait_for_selector(".who")
        page.evaluate(
            "window.clicks = 0; addEventListener('click', (e) => e.isTrusted && e.detail && window.clicks++, true)"
        )
        return page

    return opened


def in_sight(place):
    """What stands there stands within the first screen."""
    expect(place.first).to_be_visible()
    box = place.first.bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= SIZE[1]


def figure(page, name):
    return page.locator(".fact-row > div").filter(has_text=name)


def verdict(page, channel):
    return page.locator(".verdict").filter(has_text=channel)


def test_where_is_my_order_and_when_did_i_buy(opened):
    last = figure(opened(ANNA), "Last order")
    expect(last).to_contain_text("BK-20977, in transit")
    expect(last.locator("time")).to_have_attribute("datetime", "2026-10-29T12:00:00+00:00")
    assert in_sight(last)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("uma.unsubscribed@example.com", "off: unsubscribed on"),
        ("clara.complained@example.com", "suppressed after a complaint"),
        ("boris.blacklisted@example.com", "blacklisted"),
    ],
)
def test_why_do_i_get_no_e_mail(opened, who, why):
    email = verdict(opened(who), "E-mail")
    expect(email).to_contain_text(why)
    assert in_sight(email)


def test_why_do_i_get_no_sms(opened):
    sms = verdict(opened("vera.sokolova@example.com"), "SMS")
    expect(sms).to_contain_text("without marketing: unsubscribed on")
    assert in_sight(sms)


def test_unsubscribe_me_is_two_clicks_and_can_be_undone(opened):
    page = opened("ella.email@example.com")
    expect(verdict(page, "E-mail")).to_contain_text("all on")
    page.get_by_role("button", name="Subscriptions").click()
    with after_swap(page):
        page.get_by_role("button", name="Nothing at all").click()
    assert page.evaluate("window.clicks") == 2
    expect(verdict(page, "E-mail")).to_contain_text("off: unsubscribed on")
    event = page.locator(".event").filter(has_text="Changed subscriptions").first
    assert in_sight(event)
    with after_swap(page):
        event.get_by_role("button", name="Undo").click()
    expect(verdict(page, "E-mail")).to_contain_text("all on")


def test_what_are_my_bonuses_and_why_did_some_burn(opened):
    page = opened(ANNA)
    assert in_sight(figure(page, "Bonuses"))
    page.get_by_role("link", name="What came and went").click()
    expect(page.locator("#bonus-movements table")).to_be_visible()
    assert page.evaluate("window.clicks") == 1


def test_what_did_you_tell_me_last_time(opened):
    page = opened(ANNA)
    last = page.locator(".last-said")
    expect(last).to_contain_text("Asked when the order comes; told Thursday.")
    assert in_sight(last)


def test_which_colleague_changed_this(opened):
    page = opened("nora.new@example.com")
    page.get_by_label("What was said").fill("She asked for the catalogue.")
    with after_swap(page):
        page.keyboard.press("Control+Enter")
    event = page.locator(".event").filter(has_text="She asked for the catalogue.")
    expect(event).to_contain_text("Support")
    assert in_sight(event)
    expect(page.get_by_label("What was said")).to_have_value("")
    assert page.evaluate("window.clicks") == 0


def test_the_wheel_reaches_the_end_of_the_page_from_everywhere(opened):
    page = opened(ANNA)
    if page.context.browser.browser_type.name == "webkit":
        pytest.skip("WebKitWebDriver loses turns of the wheel on a page without any panel, too")
    for x in (500, 1100):
        page.evaluate("scrollTo(0, 0)")
        page.mouse.move(x, 600)
        for _ in range(40):
            page.mouse.wheel(0, 400)
        page.wait_for_function("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")


def test_the_head_stays_in_sight_and_keys_lead_to_its_acts(opened):
    page = opened(ANNA)
    head = page.locator(".who")
    assert head.bounding_box()["height"] <= 130
    page.mouse.wheel(0, 1500)
    expect(head).to_be_in_viewport(ratio=1)
    page.keyboard.press("l")
    expect(page.get_by_label("What was said")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="No marketing")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    first = page.get_by_role("dialog", name="Go to…").locator("li > a").first
    expect(first).to_contain_text("Log a contact")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.wait_for_url("**/edit")


def test_my_phone_number_is_another_one_now_is_three_clicks_and_the_number(opened):
    page = opened("nora.new@example.com")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Change e-mail").click()
    clicks = counted(page, 2)
    page.get_by_label("New e-mail").fill("nora.newer@example.com")
    page.get_by_role("button", name="Change the e-mail").click()
    assert clicks + 1 == 3
    expect(page.locator(".who-ids")).to_contain_text("nora.newer@example.com")
    expect(page.locator("#messages")).to_contain_text("Read back and confirmed")


def test_i_was_promised_a_code_is_two_clicks_and_the_reason(opened, visit_anywhere):
    before = visit_anywhere("/s/demo/promo_codes/hand-out?list=3184", role="support")  # the list stands chosen
    before.get_by_label("Why").fill("For the printer")
    before.get_by_role("button", name="Hand out the code").click()
    before.wait_for_selector(".voucher")
    page = opened(ANNA)
    page.get_by_role("link", name="Hand out a code").click()
    clicks = counted(page, 1)
    page.get_by_label("Why").fill("Promised on Tuesday")
    page.get_by_role("button", name="Hand out the code").click()
    assert clicks + 1 == 2
    assert in_sight(page.locator(".voucher strong"))


def test_delete_my_data_is_three_clicks_and_the_contact(opened):
    page = opened("boris.blacklisted@example.com")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Erase").click()
    clicks = counted(page, 2)
    page.get_by_label("Type boris.blacklisted@example.com to confirm").fill("boris.blacklisted@example.com")
    page.get_by_label("Reason").fill("Asked in writing")
    page.get_by_role("button", name="Erase for good").click()
    assert clicks + 1 == 3
    expect(page.get_by_role("heading", level=1)).to_contain_text("Erased customer")


def counted(page, clicks):
    """How often was clicked before this page; a page counts from its own beginning."""
    page.wait_for_load_state()
    return clicks
