"""A campaign previewed as a customer, what was delivered of a message, and files that need not be chosen again."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app.store.acts import Act
from app.store.sends import Send
from tests.pages.test_messages import outbox
from tests.pages.test_messages_delivered import register

__all__ = ["outbox", "register"]
ANNA = "anna.kowalska@example.com"


def campaign(marketer, name):
    return marketer.get("/messages/campaigns").follow(name)


def send_of(desk):
    with desk.reading() as db:
        return db.scalars(select(Send).order_by(Send.id.desc())).first()


def test_a_campaign_is_shown_as_it_would_read_to_a_customer(marketer, register, outbox, desk):
    before = len(outbox())
    page = campaign(marketer, "Order delivered").press("Show it filled", **{"as-who": ANNA})
    assert page.h1 == "Look before it goes"
    send = send_of(desk)
    assert send.variables["first_name"] == "Anna"
    assert send.variables["order"]["number"].startswith("BIKE") or send.variables["order"]["number"]
    assert isinstance(send.variables["order"]["items"], list)
    frames = [frame.get("src") for frame in page.tree.cssselect("iframe[sandbox]")]
    assert len(frames) == 2
    answer = marketer.client.get(frames[0])
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "It is yours now, Anna" in answer.get_data(as_text=True)
    assert "Payload for APNs" in page.text
    assert len(outbox()) == before


def test_the_longest_name_of_a_list_is_the_worst_case_and_codes_are_no_real_ones(marketer, register, desk):
    names = "Al\nWilhelmina-Bartholomea\nAnna"
    page = campaign(marketer, "Welcome with a promo code").press(
        "Show it filled", **{"as-who": ANNA, "as-names": names}
    )
    assert "Wilhelmina-Bartholomea, welcome!" in page.text
    assert send_of(desk).variables["promocode"].startswith("TEST-")
    with desk.reading() as db:
        assert not [act for act in db.scalars(select(Act)) if act.what.startswith("promo_codes")]


def test_an_sms_needs_a_number_and_that_is_said(marketer, register):
    page = campaign(marketer, "Verification code").press("Show it filled", **{"as-who": "nobody@example.com"})
    assert page.status == 422
    assert "REES46 knows no phone number of theirs, and an SMS needs one." in page.text


def test_missing_and_unused_variables_are_marked_in_place(marketer, register):
    page = marketer.get("/messages/new").follow("Verification code")
    page = page.press(
        "Look at what will be sent", phone="+79990000001", **{"rows-1-name": "extra", "rows-1-value": "1"}
    )
    assert page.row("extra")[1] == "1 not used by the copy"
    assert page.row("code")[1] == "missing"
    assert page.tree.cssselect(".places mark")[0].text == "{{ code }}"


def test_the_bench_takes_the_longest_name(marketer):
    page = marketer.get("/messages/bench").press("Fill it", template="Hi {{ first_name }}", names="Al\nWilhelmina")
    assert "Hi Wilhelmina" in page.text


def test_kinds_are_told_by_the_copy_or_by_hand(marketer):
    page = marketer.get("/messages/campaigns/new?kind=sms").press(
        "Add the campaign",
        name="Courier",
        code="courier",
        variables="paid: flag",
        sms="{% if hours == 1 %}soon{% endif %}{% for item in items %}{{ item }}{% endfor %}{{ paid }}",
    )
    assert page.tree.cssselect("#variables")[0].text.split("\n")[-3:] == ["paid: flag", "hours: number", "items: list"]
    page = page.press("Save the campaign", variables="paid: maybe")
    assert "“maybe” of “paid” is no kind" in page.text
    page = marketer.get("/messages/new").follow("Courier")
    kinds = [one.get("value") for one in page.tree.cssselect("select[name$=-kind] option[selected]")]
    assert kinds[:3] == ["flag", "number", "list"]
    page = page.press("Look at what will be sent", phone="+79990000001", **{"rows-1-value": "one"})
    assert "“hours” is to be a number, and “one” is none." in page.text


def test_samples_fill_what_has_no_value(marketer, register):
    page = marketer.get("/messages/new").follow("Verification code").press("Fill the rest with samples")
    assert page.tree.cssselect("[name=rows-0-value]")[0].get("value").startswith("TEST-")


def test_what_was_delivered_and_which_channel_was_taken_is_told(marketer, register, desk):
    page = campaign(marketer, "Order delivered").press("Show it filled", **{"as-who": ANNA}).press("Send the message")
    panel = page.panel("delivered")
    assert "Web push taken The first that reaches them." in panel.text
    assert "Not needed: Web push reached them." in panel.text
    assert panel.link("In the outbox of the box").endswith(f"/outbox/{send_of(desk).number}")
    assert marketer.client.get(f"/messages/{send_of(desk).id}/moved?state=sent").status_code == 204


def test_a_page_of_a_message_on_its_way_loads_itself_anew(marketer, register, desk):
    campaign(marketer, "Order delivered").press("Show it filled", **{"as-who": ANNA}).press("Send the message")
    moved = f"/messages/{send_of(desk).id}/moved?state=sending"
    assert marketer.client.get(moved, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


@pytest.fixture
def refused_form(marketer):
    """A form with a file that was refused for want of a code."""
    page = marketer.get("/messages/new?kind=transact")
    return page.press("Look at what will be sent", email=ANNA, files=(BytesIO(b"PDF"), "bill.pdf"))


def test_files_need_not_be_chosen_again_after_an_error(refused_form, desk):
    assert refused_form.status == 422
    assert "bill.pdf" in refused_form.text
    page = refused_form.press("Look at what will be sent", code="receipt")
    assert page.h1 == "Look before it goes"
    assert [(file["name"], file["size"]) for file in send_of(desk).asked["files"]] == [("bill.pdf", 3)]


def test_a_held_file_can_be_left_out(refused_form):
    number = refused_form.tree.cssselect("[name=drop]")[0].get("value")
    page = refused_form.press("Leave out what is ticked", drop=number)
    assert "bill.pdf" not in page.text


def test_nobody_gets_at_files_by_writing_numbers(marketer):
    page = marketer.get("/messages/new?kind=transact").press("More rows", held="[1, 2]")
    assert "Files that are there already" not in page.text
