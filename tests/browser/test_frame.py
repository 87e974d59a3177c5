"""The frame around every page: the drawer, the palette, keys, colours, the shop in use."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def test_the_menu_of_a_phone_opens_and_closes_without_scripts(visit):
    page = visit("/styleguide/", size=PHONE, scripts=False)
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu).not_to_be_visible()
    page.get_by_role("button", name="Open the menu").click()
    expect(menu).to_be_visible()
    page.get_by_role("button", name="Close the menu").click()
    expect(menu).not_to_be_visible()


def test_the_open_menu_of_a_phone_has_no_barriers(visit):
    page = visit("/styleguide/", size=PHONE)
    page.get_by_role("button", name="Open the menu").click()
    assert page.watched.barriers() == []


def test_every_page_says_which_shop_is_in_use_and_of_what_kind(visit):
    page = visit("/styleguide/")
    expect(page.get_by_role("button", name="Shop: Demo, test. Switch")).to_be_visible()


def test_another_shop_is_one_choice_away(visit):
    page = visit("/styleguide/")
    page.get_by_role("button", name=re.compile("^Shop: ")).click()
    page.get_by_role("button", name=re.compile("^Second")).click()
    expect(page.get_by_role("button", name="Shop: Second, test. Switch")).to_be_visible()


def test_ctrl_k_opens_the_palette_which_narrows_as_one_types(visit):
    page = visit("/styleguide/")
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Go to…")
    expect(palette.get_by_role("link", name="Segments", exact=True)).to_be_visible()
    page.keyboard.type("audit")
    expect(palette.get_by_role("link", name="Segments", exact=True)).not_to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trail/")


def test_the_palette_has_no_barriers_and_escape_closes_it(visit):
    page = visit("/styleguide/")
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Go to…")
    expect(palette.get_by_role("link").first).to_be_visible()
    assert page.watched.barriers() == []
    page.keyboard.press("Escape")
    expect(palette).not_to_be_visible()


def test_what_is_typed_into_the_palette_is_never_sent_in_an_address(visit):
    page = visit("/styleguide/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("Control+k")
    page.keyboard.type("anna@example.com")
    expect(page.get_by_text("Enter looks for a customer")).to_be_visible()
    assert [url for url in asked if "anna" in url] == []


def test_a_slash_goes_to_the_search_box(visit):
    page = visit("/styleguide/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Find by e-mail, phone or ID")).to_be_focused()


def test_a_slash_in_a_field_stays_a_slash(visit):
    page = visit("/styleguide/")
    page.get_by_label("Note").focus()
    page.keyboard.type("a/b?")
    expect(page.get_by_label("Note")).to_have_value("a/b?")


def test_single_keys_can_be_turned_off(visit):
    page = visit("/styleguide/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    dialog.get_by_label("Use single keys").uncheck()
    dialog.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("?")
    expect(dialog).not_to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Go to…")).to_be_visible()


def test_colours_change_at_once_and_stay(visit):
    page = visit("/styleguide/")
    page.get_by_role("button", name=re.compile("^Your account")).click()
    with page.expect_response("**/account/theme"):
        page.get_by_role("button", name="Dark colours").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_colours_and_language_change_without_scripts(visit):
    page = visit("/styleguide/", scripts=False)
    page.get_by_role("button", name=re.compile("^Your account")).click()
    page.get_by_role("button", name="Dark colours").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name=re.compile("Русский")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.get_by_role("button", name=re.compile("English")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_first_stop_of_the_tab_key_leads_to_the_page(visit):
    page = visit("/styleguide/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_nothing_is_cut_off_at_320_pixels(visit):
    page = visit("/styleguide/", size=(320, 640), language="ru")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_field_reached_by_the_tab_key_is_not_under_the_bar(visit):
    page = visit("/styleguide/")
    page.get_by_label("Send me a copy").focus()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.keyboard.press("Shift+Tab")
    top = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert top >= page.evaluate("document.querySelector('.bar').getBoundingClientRect().bottom")


def test_paper_gets_the_page_without_its_frame(visit):
    page = visit("/styleguide/", theme="dark")
    page.emulate_media(media="print")
    expect(page.locator(".bar")).not_to_be_visible()
    expect(page.locator(".side")).not_to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_leaving_a_long_form_that_was_changed_asks_first(visit):
    page = visit("/s/demo/segments/name?segment=313")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/s/demo/trail/")
    assert asked == []
    page.goto("/s/demo/segments/name?segment=313")
    page.get_by_label("Name").first.fill("Half a name")
    page.goto("/s/demo/trail/")
    assert asked == ["beforeunload"]


def test_sending_a_long_form_asks_nothing(visit):
    page = visit("/s/demo/segments/name?segment=314")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Name").first.fill("A whole name")
    page.get_by_role("button", name="Keep the name").click()
    page.wait_for_url("**/segments/*")
    assert asked == []


def make_tokens_old(page):
    page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach((field) => (field.value = 'old'))")
    page.evaluate("document.body.setAttribute('hx-headers:inherited', '{\"X-CSRFToken\": \"old\"}')")


def test_a_form_that_was_too_old_is_sent_by_a_second_click(visit):
    page = visit("/styleguide/")
    form = page.locator("#sample-form")
    form.get_by_label("Note").fill("kept")
    make_tokens_old(page)
    form.get_by_role("button", name="Save the sample").click()
    expect(page.locator("#messages")).to_contain_text("Press the button once more.")
    expect(form.get_by_label("Note")).to_have_value("kept")
    form.get_by_role("button", name="Save the sample").click()
    expect(form).to_contain_text("This is needed.")


def test_a_page_gives_a_form_that_was_too_old_back_and_sends_it_by_a_second_click(visit):
    page = visit("/shops/add")
    page.get_by_label("shop_id").fill("kept")
    make_tokens_old(page)
    page.get_by_role("button", name="Add the shop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not sent yet")
    expect(page.get_by_text("kept", exact=True)).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("#add")).to_contain_text("This is needed.")
    expect(page.get_by_label("shop_id")).to_have_value("kept")


def test_a_contact_behind_the_hash_opens_the_customer_and_stands_in_no_address(visit):
    page = visit("/styleguide/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url.split("/styleguide")[0] + "/s/demo/open#email=anna.kowalska%40example.com")
    page.wait_for_url("**/customers/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna")
    assert [url for url in asked if "anna" in url.partition("#")[0]] == []
