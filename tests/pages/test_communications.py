"""Communications: read, logged once, corrected with the former text kept, and the managed lists."""

import pytest
from sqlalchemy import select

from app.store.acts import Act
from app.store.communications import Communication
from tests.adapters import Answering, Silent, trouble
from tests.page import filled

ANNA = "anna.kowalska@example.com"
SAID = {"comment": "Wants the helmet one size larger.", "call_theme": "delivery", "status": "open"}


def log_of(visitor, who=ANNA):
    return visitor.get("/communications/").press("Open their log", who=who)


def logged(visitor, who=ANNA, **more):
    return log_of(visitor, who).press("Log it", **SAID | more)


def entries(page):
    return [" ".join(one.get_text(" ").split()) for one in page.dom.select(".timeline > li")]


def test_the_log_shows_the_last_twenty_and_says_so(agent):
    page = log_of(agent)
    assert len(entries(page)) == 20
    assert "The last 20, all that REES46 gives." in page.text
    assert "@" not in page.answer.request.url


def test_a_communication_is_logged_and_stands_first(agent):
    page = logged(agent)
    assert "Logged." in page.messages
    first = entries(page)[0]
    assert "Wants the helmet one size larger." in first
    assert "delivery" in first
    assert "open" in first
    assert "Support" in first


def test_the_form_begins_with_the_first_word_of_each_list(agent):
    page = log_of(agent)
    assert [one["value"] for one in page.dom.select("select[name=channel] option")] == [
        "phone",
        "chat",
        "email",
        "store",
    ]
    assert page.dom.select_one("[name=location_id] option")["value"] == "online"


def test_the_same_click_twice_logs_once(agent):
    page = log_of(agent, "ella.email@example.com")
    page.press("Log it", **SAID)
    again = page.press("Log it", **SAID)
    assert "Logged." in again.messages
    assert len(entries(log_of(agent, "ella.email@example.com"))) == 1


def test_it_is_logged_from_the_profile_without_leaving_it(agent):
    page = log_of(agent, "ella.email@example.com")
    key = page.path.rsplit("/", 1)[1]
    panel = agent.htmx(f"/communications/of/{key}", target="div#communications-body")
    assert "<html" not in panel.html
    form, _button = panel.form("Log it")
    once = filled(form)["once"]
    words = {
        "channel": "chat",
        "event": "incoming",
        "call_type": "question",
        "author_type": "operator",
        "location_id": "online",
        "subject_appeal": "",
    }
    answer = agent.htmx(form.get("action"), {**words, **SAID, "once": once}, target="div#communications-body")
    assert answer.status == 200
    assert "<html" not in answer.html
    assert "Wants the helmet" in answer.html
    assert "toast" in answer.answer.headers["HX-Trigger"]


def test_it_is_said_to_be_logged_even_when_the_log_cannot_be_read_after(app, agent):
    page = log_of(agent, "ella.email@example.com")
    data = filled(page.form("Log it")[0]) | SAID
    adapter = trouble(app, Silent(), only="/crm/client_calls")
    adapter.method = "GET"
    answer = agent.htmx(f"{page.path}/add", data, target="div#communications-body")
    assert answer.answer.headers["HX-Redirect"] == page.full_path
    assert "Logged." in agent.get(page.path).messages


def test_an_empty_comment_is_refused_and_the_rest_stays(agent):
    page = logged(agent, comment="")
    assert page.status == 422
    assert page.errors == ["This is needed."]
    assert page.dom.select_one("[name=call_theme] option[selected]")["value"] == "delivery"


@pytest.mark.parametrize("comment", ["x" * 10_001, "a\0b"])
def test_what_cannot_be_kept_is_refused(agent, comment, desk):
    page = logged(agent, comment=comment)
    assert page.status == 422
    with desk.reading() as db:
        assert db.scalar(select(Act.id).where(Act.what == "communications.Save")) is None


def test_html_in_a_comment_is_shown_as_text(agent):
    page = logged(agent, comment="<img src=x onerror=alert(1)>")
    assert "<img src=x onerror=alert(1)>" in entries(page)[0]
    assert not page.dom.select("main img")


def test_correcting_sends_only_what_differs_and_keeps_the_former_text(agent, desk):
    page = logged(agent).follow("Correct", within=".timeline > li")
    done = page.press("Save the correction", comment="Wants size L.", status="closed")
    assert "Corrected." in done.messages
    assert "Wants size L." in done.dom.select_one("#now").get_text()
    assert done.row("What was said") == ["What was said", "Wants the helmet one size larger.", "Wants size L."]
    assert "Support" in done.dom.select_one("#history").get_text()
    with desk.reading() as db:
        act = db.scalar(select(Act).where(Act.what == "communications.Edit"))
    assert {name for name in act.asked if name not in {"email", "id"}} == {"comment", "status"}
    assert act.before == {"comment": "Wants the helmet one size larger.", "status": "open"}
    assert act.after == {"comment": "Wants size L.", "status": "closed"}


def test_a_correction_without_a_difference_is_not_sent(agent, desk):
    page = logged(agent).follow("Correct", within=".timeline > li").press("Save the correction")
    assert page.status == 422
    assert "Nothing differs" in page.text
    with desk.reading() as db:
        assert db.scalar(select(Act.id).where(Act.what == "communications.Edit")) is None


def test_somebody_elses_correction_in_between_is_not_overwritten(agent, admin):
    mine = logged(agent).follow("Correct", within=".timeline > li")
    admin.get(mine.path).press("Save the correction", comment="The admin's words.")
    page = mine.press("Save the correction", comment="My words.")
    assert page.status == 422
    assert "Somebody changed it while you were writing" in page.text
    assert page.dom.select_one("[name=comment]").get_text().strip() == "My words."
    assert "Corrected." in page.press("Save the correction").messages


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_a_correction_is_not_lost_when_rees46_is_silent(app, agent, method):
    page = logged(agent).follow("Correct", within=".timeline > li")
    adapter = trouble(app, Silent(), only="/crm/client_calls")
    adapter.method = method
    page = page.press("Save the correction", comment="Typed with care.")
    assert page.status == 422
    assert "REES46 did not answer" in page.text
    assert "Typed with care." in page.dom.select_one("[name=comment]").get_text()


def test_a_change_made_elsewhere_is_noticed_and_the_former_text_kept(agent, desk):
    page = logged(agent).follow("Open", within=".timeline > li")
    number = page.path.rsplit("/", 1)[1]
    with desk.writing() as db:
        kept = db.scalar(select(Communication).where(Communication.number == number))
        kept.fields = {**kept.fields, "comment": "What the desk saw before."}
    again = agent.get(page.path)
    assert again.row("What was said")[1] == "What the desk saw before."
    assert "changed outside this desk" in again.text


def test_what_rees46_lists_no_more_is_kept_at_the_desk(agent):
    first = entries(log_of(agent))[-1]
    page = logged(agent)
    assert "1 older one, kept at this desk" in page.text
    assert entries(page)[-1] == first
    assert len(entries(page)) == 21


def test_a_customer_known_by_card_only_cannot_have_a_log(agent):
    page = log_of(agent, "CARD-ONLY-1")
    assert page.status == 422
    assert "neither e-mail nor phone" in page.text


def test_nobody_and_two_people_are_told_apart(agent):
    assert "REES46 knows no such customer" in log_of(agent, "nobody@example.com").text
    page = log_of(agent, f"{ANNA} +7 999 000-00-02")
    assert "This leads to two people" in page.text
    assert page.follow("Open their log").dom.select(".timeline > li")


def test_a_refusal_stays_on_the_form_and_the_corrected_form_is_sent(app, agent):
    page = log_of(agent, "ella.email@example.com")
    adapter = trouble(app, Answering(400, b'{"status":"error","message":"No such location"}'), only="/crm/client_calls")
    refused = page.press("Log it", **SAID)
    assert refused.status == 422
    assert "No such location" in refused.text
    assert SAID["comment"] in refused.dom.select_one("[name=comment]").get_text()
    adapter.only = "/never"
    assert "Logged." in refused.press("Log it").messages


def test_silence_says_that_it_may_have_been_saved_and_the_text_stays(app, agent):
    page = log_of(agent, "ella.email@example.com")
    adapter = trouble(app, Silent(), only="/crm/client_calls")
    page = page.press("Log it", **SAID)
    assert "We do not know whether it was changed" in page.text
    assert SAID["comment"] in page.dom.select_one("[name=comment]").get_text()
    adapter.only = "/never"
    again = page.press("Log it")
    assert "nobody knows whether it was saved" in again.text
    assert entries(log_of(agent, "ella.email@example.com")) == []


def test_a_panel_in_trouble_says_so_by_itself(app, agent):
    key = log_of(agent).path.rsplit("/", 1)[1]
    trouble(app, Answering(503), only="/crm/client_calls")
    panel = agent.htmx(f"/communications/of/{key}", target="div#communications-body")
    assert panel.status == 502
    assert "<html" not in panel.html
    assert "REES46 is not available now" in panel.html


def test_the_desk_lists_what_it_has_seen_and_filters_it(agent):
    logged(agent, "ella.email@example.com", channel="chat")
    log_of(agent)
    assert "Wants the helmet" in agent.get("/communications/?by=us").text
    page = agent.get("/communications/?channel=chat&theme=delivery")
    assert page.column("Customer") == ["Ella Email"]
    assert agent.get("/communications/?theme=nothing").dom.select("[data-state=filtered]")


def test_words_are_added_put_first_and_taken_off(agent):
    page = agent.get("/communications/words").press(
        "Add", within="#call_theme", value="Warranty", label="Warranty case"
    )
    assert "Warranty" in page.messages
    page = page.press("Begin with “Warranty”")
    form = log_of(agent)
    first = form.dom.select_one("[name=call_theme] option")
    assert (first["value"], first.get_text()) == ("Warranty", "Warranty case")
    page.press("Take “Warranty” off")
    assert "Warranty" not in [one["value"] for one in log_of(agent).dom.select("[name=call_theme] option")]


def test_a_word_off_its_list_stays_where_it_was_logged(agent):
    logged(agent, call_theme="payment")
    agent.get("/communications/words").press("Take “payment” off")
    page = log_of(agent)
    assert "payment" in entries(page)[0]
    edit = page.follow("Correct", within=".timeline > li")
    assert edit.dom.select_one("[name=call_theme] option[selected]")["value"] == "payment"


@pytest.mark.parametrize("value", ["", "x" * 256, "a\0b"])
def test_a_word_that_cannot_be_kept_is_refused(agent, value):
    page = agent.get("/communications/words").press("Add", within="#status", value=value)
    assert page.status == 422
    assert page.errors


def test_others_read_and_are_offered_nothing(viewer, marketer, agent):
    logged(agent)
    for visitor in (viewer, marketer):
        page = log_of(visitor)
        assert "Wants the helmet" in page.text
        assert "Log it" not in page.text
        assert visitor.get(f"{page.path}/add").status == 403
        assert visitor.post(f"{page.path}/add", SAID).status == 403
        assert visitor.post("/communications/words", {"kind": "status", "value": "x"}).status == 403
