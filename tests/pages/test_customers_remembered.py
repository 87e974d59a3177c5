"""What leads to nobody in REES46: the state of the contact, and what the desk remembers."""

import pytest
from sqlalchemy import select

from app.store.customer_traces import CustomerTrace
from app.store.short_links import ShortLink

ANNA, NEW = "anna.kowalska@example.com", "anna.new@example.com"


def find(visitor, who):
    return visitor.post("/customers/find", {"who": who})


def report(visitor, address, event):
    page = visitor.get("/subscriptions/report").press("Look first", email=address)
    return page.press("Report it to REES46", event=event, reason="Seen in the mail log", typed=address)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("hard_bounced", "Hard bounce: the address does not exist"),
        ("complained", "Suppressed: after a complaint"),
        ("blacklisted", "Blacklisted: a mail provider blocks the address"),
    ],
)
def test_an_address_with_a_known_state_shows_it_and_offers_no_new_customer(agent, event, told):
    report(agent, "gone@x.example", event)
    page = find(agent, "gone@x.example")
    assert told in page.text
    assert "The newest change of consent" in page.text
    assert "Create this customer" not in page.text


def test_an_address_of_which_nothing_is_known_may_become_a_customer(agent):
    assert "Create this customer" in find(agent, "brand.new@x.example").text


@pytest.mark.parametrize("name", ["anna kowalska", "Kowalska Anna", "KOWALSKA  Anna", "kowalska an"])
def test_a_name_finds_who_was_opened_here_and_offers_nothing_else(agent, name):
    find(agent, ANNA)
    page = find(agent, name)
    assert "Anna Kowalska" in page.text
    assert "has this name" in page.text
    assert "Create this customer" not in page.text


@pytest.mark.parametrize("name", ["Пётр Неизвестный", "John Smith", "nobody-at-all"])
def test_a_name_that_nobody_met_is_no_id_of_a_new_customer(agent, name):
    page = find(agent, name)
    assert "Create this customer" not in page.text
    assert page.h1 == "Nobody found"


def test_an_order_number_leads_to_the_customer_whose_profile_was_seen(agent):
    number = find(agent, ANNA).dom.select_one("#orders summary strong").get_text().strip()
    for typed in (number, f"#{number}", f"№{number}"):
        page = find(agent, typed)
        assert "Anna Kowalska" in page.text
        assert "has this order" in page.text


def test_a_replaced_address_leads_to_whose_it_was(agent):
    find(agent, ANNA).follow("Change e-mail").press("Change the e-mail", new_email=NEW)
    page = find(agent, ANNA)
    assert "Anna Kowalska" in page.text
    assert page.h1 in {"Anna Kowalska", "Nobody found"}


def test_a_promo_code_leads_to_whom_it_was_given_and_a_short_link_to_its_page(agent, admin):
    form = agent.get(find(agent, ANNA).link("Hand out a code Code"))
    voucher = form.press("Hand out the code", list="3184", reason="Late").tree.cssselect(".voucher strong")[0]
    page = find(agent, voucher.text_content().strip().lower())
    assert "handed out by Support" in page.text
    assert page.follow("Anna Kowalska").h1 == "Anna Kowalska"
    admin.get("/links/shorten").press("Shorten the link", url="https://shop.example.com/sale")
    with admin.client.application.extensions["desk"].reading() as db:
        short = db.scalars(select(ShortLink)).one().short
    assert "Short link to https://shop.example.com/sale" in find(admin, short).text


def test_what_the_desk_remembers_is_of_its_own_shop(agent):
    find(agent, ANNA)
    assert "has this name" not in agent.post("/s/second/customers/find", {"who": "anna kowalska"}).text


def test_what_was_seen_stands_nowhere_in_clear(agent, desk):
    find(agent, ANNA)
    with desk.reading() as db:
        rows = db.query(CustomerTrace).all()
    assert {row.kind for row in rows} >= {"email", "phone", "order"}
    assert not [row for row in rows if ANNA in row.value or ANNA in row.digest]
