"""The loyalty programme of a customer: membership, bonuses, what came and went, what ends."""

import json

import pytest

from tests.adapters import Answering, Dead, trouble

ANNA = "anna.kowalska@example.com"


def panel(visitor, who=ANNA):
    page = visitor.post("/customers/find", {"who": who})
    return page, part(page)


def part(page):
    """The account of the customer that is shown, as htmx asks for it."""
    key = page.path.rpartition("/")[2]
    return page.visitor.htmx(f"/loyalty/of/{key}", target="div#panel-loyalty-body")


def test_a_member_has_a_level_bonuses_and_their_history(agent):
    _, shown = panel(agent)
    assert shown.status == 200
    for words in ("Member", "Gold", "To spend", "Not active yet", "Event “welcome”", "Order L-"):
        assert words in shown.text
    facts = [each.get_text(" ", strip=True) for each in shown.dom.select(".facts dd")]
    assert facts[1:] == ["120", "240"]


def test_bonuses_that_end_soon_are_pointed_out(agent):
    _, shown = panel(agent)
    soon = shown.dom.select('td .badge[data-tone="warning"]')
    assert len(soon) == 1  # what the order of 350 days ago gave
    assert shown.dom.select_one('.facts .badge[data-tone="warning"]')


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("nora.new@example.com", "No phone number"),
        ("79990000001", "Not in the loyalty programme"),
        ("CARD-ONLY-1", "No phone number"),
    ],
)
def test_who_has_no_account_sees_why(agent, who, words):
    _, shown = panel(agent, who)
    assert shown.status == 200
    assert words in shown.text
    assert not shown.dom.select('[data-state="failed"]')


def test_without_an_answer_the_last_one_is_shown(app, agent):
    page, _ = panel(agent)
    trouble(app, Dead(), "/loyalty/")
    shown = part(page)
    assert shown.status == 200
    assert "This is what was read last" in shown.text
    assert "Gold" in shown.text


def test_a_part_that_is_not_told_leaves_the_rest(app, agent):
    trouble(app, Answering(404, b""), "/loyalty/bonuses/history")
    _, shown = panel(agent)
    assert "Gold" in shown.text
    assert "REES46 did not say what came and went." in shown.text


def test_a_membership_that_is_not_told_is_no_no(app, agent):
    body = json.dumps({"status": "success", "payload": {"level": {"name": "Gold"}}}).encode()
    trouble(app, Answering(body=body), "/loyalty/members/status")
    _, shown = panel(agent)
    assert "REES46 did not say whether they are a member" in shown.text


def test_the_page_of_a_panel_shows_all(agent):
    page, _ = panel(agent)
    whole = agent.get(f"/loyalty/of/{page.path.rpartition('/')[2]}")
    assert whole.status == 200
    assert whole.h1 == "Loyalty programme"
