"""What components do when they are used: forms, panels, toasts, confirmations, charts."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import after_swap


def test_a_form_answers_in_place_and_leads_to_the_first_error(visit):
    page = visit("/styleguide/")
    page.get_by_label("Note").fill("kept")
    with after_swap(page):
        page.get_by_role("button", name="Save the sample").click()
    form = page.locator("#sample-form")
    expect(form.get_by_role("alert")).to_contain_text("2 things to correct")
    expect(page.get_by_label("Name", exact=True).last).to_be_focused()
    expect(page.get_by_label("Note")).to_have_value("kept")
    assert page.watched.barriers() == []


def test_the_same_form_works_without_scripts(visit):
    page = visit("/styleguide/", scripts=False)
    form = page.locator("#sample-form")
    form.get_by_role("button", name="Save the sample").click()
    expect(form.get_by_role("alert")).to_contain_text("2 things to correct")
    form.get_by_label("Name").fill("Anna")
    form.get_by_label("E-mail").fill("anna@example.com")
    form.get_by_role("button", name="Save the sample").click()
    expect(page.locator("#messages")).to_contain_text("Saved.")


def test_a_refusal_stands_above_the_form_and_is_read_out(visit):
    page = visit("/styleguide/")
    form = page.locator("#sample-form")
    form.get_by_label("Name").fill("wrong")
    form.get_by_label("E-mail").fill("anna@example.com")
    with after_swap(page):
        form.get_by_role("button", name="Save the sample").click()
    expect(form.get_by_role("alert")).to_contain_text("REES46 refused: this name is taken.")
    expect(form.get_by_text("REES46 refused: this name is taken.")).to_be_focused()


def test_an_error_is_tied_to_its_field(visit):
    page = visit("/styleguide/", scripts=False)
    form = page.locator("#sample-form")
    form.get_by_role("button", name="Save the sample").click()
    expect(form.get_by_label("E-mail")).to_have_accessible_description(re.compile("This is needed."))
    expect(form.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")


def test_what_is_saved_leads_to_a_message(visit):
    page = visit("/styleguide/")
    form = page.locator("#sample-form")
    form.get_by_label("Name").fill("Anna")
    form.get_by_label("E-mail").fill("anna@example.com")
    form.get_by_role("button", name="Save the sample").click()
    expect(page.locator("#messages")).to_contain_text("Saved.")


def test_a_form_is_sent_once_however_often_it_is_clicked(visit):
    page = visit("/styleguide/")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    with after_swap(page):
        page.evaluate("""() => { const form = document.querySelector("#sample-form");
            for (let i = 0; i < 5; i++) form.requestSubmit(form.querySelector("[type=submit]")); }""")
    assert len(sent) == 1


def test_a_panel_loads_after_the_page(visit):
    page = visit("/styleguide/")
    expect(page.locator("#lazy").get_by_text("Last order")).to_be_visible()


def test_a_panel_without_scripts_is_a_link_to_the_same_page(visit):
    page = visit("/styleguide/", scripts=False)
    page.get_by_role("link", name="Open “A panel that loads” as a page").click()
    expect(page.get_by_role("heading", level=1, name="A panel as a page")).to_be_visible()
    expect(page.get_by_text("Last order")).to_be_visible()


def test_a_panel_that_fails_says_so_alone_and_asks_again(visit):
    page = visit("/styleguide/")
    panel = page.locator("#silent")
    panel.get_by_role("button", name="Ask in vain").click()
    expect(panel.get_by_role("alert")).to_contain_text("REES46 did not answer.")
    with page.expect_response("**/styleguide/panel/*") as again:
        panel.get_by_role("link", name="Try again").click()
    assert again.value.status == 502
    expect(panel.get_by_role("alert")).to_contain_text("Nothing was changed.")
    expect(page.locator("#lazy").get_by_text("Last order")).to_be_visible()


def test_a_panel_says_when_the_network_is_gone(visit):
    page = visit("/styleguide/")
    panel = page.locator("#silent")
    page.context.set_offline(True)
    panel.get_by_role("button", name="Ask in vain").click()
    expect(panel.get_by_role("alert")).to_contain_text("Desk46 did not answer")
    page.context.set_offline(False)
    panel.get_by_role("button", name="Try again").click()
    expect(panel.get_by_role("alert")).to_contain_text("REES46 did not answer.")


def test_a_form_says_when_the_network_is_gone_and_loses_nothing(visit):
    page = visit("/styleguide/")
    page.get_by_label("Note").fill("long words")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save the sample").click()
    expect(page.locator(".toast[role=alert]")).to_contain_text("Desk46 did not answer")
    expect(page.get_by_label("Note")).to_have_value("long words")
    page.context.set_offline(False)
    page.locator(".toast").get_by_role("button", name="Close").click()
    with after_swap(page):
        page.get_by_role("button", name="Save the sample").click()
    expect(page.get_by_label("Note")).to_have_value("long words")


def test_a_toast_is_shown_and_an_error_stays_until_it_is_closed(visit):
    page = visit("/styleguide/")
    page.clock.install()
    page.get_by_role("button", name="Toast: success").click()
    page.get_by_role("button", name="Toast: danger").click()
    expect(page.locator(".toast")).to_have_count(2)
    assert page.watched.barriers() == []
    page.clock.fast_forward(7000)
    expect(page.locator(".toast")).to_have_count(1)
    page.locator(".toast").get_by_role("button", name="Close").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_what_cannot_be_undone_is_asked_twice(visit):
    page = visit("/styleguide/")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.get_by_role("button", name="Change the e-mail for ever").click()
    question = page.get_by_role("alertdialog", name=re.compile("Two profiles become one"))
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    assert page.watched.barriers() == []
    question.get_by_role("button", name="Cancel").click()
    assert sent == []
    page.get_by_role("button", name="Change the e-mail for ever").click()
    with page.expect_navigation():
        question.get_by_role("button", name="Change the e-mail for ever").click()
    assert len(sent) == 1


def test_a_text_is_copied(visit):
    page = visit("/styleguide/", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#customer-header").get_by_role("button", name="Copy").first.click()
    expect(page.locator("#customer-header").get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "anna@example.com"


def test_a_chart_is_read_under_the_pointer_and_has_its_figures_as_a_table(visit):
    page = visit("/styleguide/")
    chart = page.locator("#changes")
    chart.scroll_into_view_if_needed()
    box = chart.locator("svg").first.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + 20)
    expect(chart.locator("output")).to_have_text("01.10: Subscribed 40, Left 9")
    chart.get_by_text("Show the figures").click()
    expect(chart.get_by_role("row", name="01.10")).to_contain_text("40")


def test_leave_on_or_off_is_chosen_with_the_arrow_keys(visit):
    page = visit("/styleguide/")
    page.locator("#email_bulk input").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#email_bulk").get_by_label("On")).to_be_checked()


def test_every_component_says_how_it_is_called(visit):
    page = visit("/styleguide/")
    page.locator("#buttons").get_by_text("How to write it").click()
    expect(page.locator("#buttons")).to_contain_text('{{ button(_("Add to segment"), icon="plus", kind="primary") }}')


def test_forced_colours_still_tell_what_is_chosen(visit):
    page = visit("/styleguide/", forced_colors="active")
    chosen = page.locator("#email_chain input:checked + span")
    assert chosen.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    badge = page.locator("#badges .badge").first
    assert badge.evaluate("(one) => getComputedStyle(one).borderStyle") == "solid"
