"""No two customers become one, and nobody somebody else, unless a person decides so: such rows are held back."""

import pytest
from sqlalchemy import select

from app.store import imports
from app.store.import_problems import Problem
from tests.pages.imports.conftest import ANNA, UMA

VERA_PHONE, PETER_PHONE = "+79990000002", "+79990000001"


def held(page):
    """Why each row is held back, by its number."""
    return {row[0]: row[1] for row in page.rows("#held table")}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("a@x.example,,7,\nb@x.example,,7,", "The same customer stands in row 2 already."),
        ("a@x.example,,,C1\nb@x.example,,,C1", "The same customer stands in row 2 already."),
        ("a@x.example,8 999 777 66 55,,\nb@x.example,+7 (999) 777-66-55,,", "The same customer stands in row 2"),
        ("A@x.example,,,\n,89997776655,,\na@X.example,,,", "The same customer stands in row 2 already."),
        (f"{ANNA},,,\n,89161112233,,", ""),
        ("a@x,89997776655,,\nb@x.example,89997776655,,", "The same customer stands in row 2 already."),
        ("a@x.example,,0,\nb@x.example,,0,", ""),
        ("a@x.example,,NULL,\nb@x.example,,NULL,", ""),
        ("a@x.example,-,#N/A,нет\nb@x.example,—,#N/A,нет", ""),
        ("a@x.example,,None,nan\nb@x.example,,None,nan", ""),
        (f"new@x.example,{VERA_PHONE},,", "This would change who a customer of REES46 is: they have another e-mail"),
        (f"new@x.example,{PETER_PHONE},,", "Somebody whom REES46 knows by this phone alone would get this"),
        (f"vera.sokolova@example.com,{VERA_PHONE},,", ""),
        ("vera.sokolova@example.com,,99999,", "This would change who a customer of REES46 is: they have another ID in"),
        (f"{ANNA},{VERA_PHONE},,", "Its identifiers belong to two different customers of REES46."),
        (f"{ANNA},+79997776655,,", "This would change who a customer of REES46 is: they have another phone"),
    ],
)
def test_a_row_that_shares_an_identifier_is_held_back(bring, rows, why):
    page = bring(f"email,phone,customer id,loyalty id\n{rows}\n", column_2="external_id", column_3="loyalty_id")
    assert [said for said in held(page).values() if why and said.startswith(why)] or not (held(page) or why)


def test_both_sides_are_shown_and_nothing_of_it_is_sent_undecided(bring, agent, worked_off):
    page = bring(f"email,phone,name\nnew@x.example,,New\nbrandnew@x.example,{VERA_PHONE},Impostor\n")
    row = page.row("brandnew@x.example")
    assert VERA_PHONE in row[2]
    assert "vera" in row[2].lower()
    page.press("Import 1 customer")
    worked_off()
    assert "Impostor" not in agent.get("/customers/").press("Find", who=VERA_PHONE).text
    assert "Nobody" in agent.get("/customers/").press("Find", who="brandnew@x.example").text


@pytest.mark.parametrize(
    ("decision", "found", "absent"),
    [
        ("leave", [], ["brandnew@x.example"]),
        ("without", ["brandnew@x.example"], []),
        ("keep", [], ["brandnew@x.example"]),
    ],
)
def test_what_is_decided_about_a_row_is_what_is_sent(bring, agent, worked_off, decision, found, absent):
    page = bring(f"email,phone,name\nnew@x.example,,New\nbrandnew@x.example,{VERA_PHONE},Impostor\n")
    page = page.press("Decide about these rows", **{"row-3": decision})
    assert "1 row is decided." in page.messages
    count = 1 if decision == "leave" else 2
    page.press(f"Import {count} customer{'s' if count > 1 else ''}")
    worked_off()
    vera = agent.get("/customers/").press("Find", who=VERA_PHONE)
    assert ("Impostor" in vera.text) is (decision == "keep")
    for who in found:
        assert "Impostor" in agent.get("/customers/").press("Find", who=who).text
    for who in absent:
        assert "Nobody" in agent.get("/customers/").press("Find", who=who).text


def test_all_open_rows_are_decided_at_once_and_decided_ones_stay(bring, desk):
    page = bring("email,phone\n" + "".join(f"p{n}@x.example,89997776655\n" for n in range(5)))
    page = page.press("Decide about these rows", **{"row-4": "leave"})
    page = page.press("Send all 3 open rows without what is somebody else's")
    assert "Import 4 customers" in page.text
    with desk.reading() as db:
        found = [one.decision for one in db.scalars(select(Problem).order_by(Problem.row))]
    assert found == ["without", "leave", "without", "without"]


def test_a_decision_that_was_not_offered_counts_for_nothing(bring, desk):
    page = bring("email\na@x.example\na@x.example\n").press("Decide about these rows", **{"row-3": "without"})
    assert "0 rows are decided." in page.messages
    with desk.reading() as db:
        assert db.scalars(select(Problem)).one().decision is None


def test_another_identifier_of_the_same_customer_is_a_twin_too(bring):
    page = bring(f"email,phone\n{UMA},\n,+79990000021\n{ANNA},\nanna.k@example.org,\n")
    assert held(page)["5"] == "By another identifier this is the customer of row 4."


def test_twins_are_shown_across_parts(bring, monkeypatch):
    monkeypatch.setattr(imports, "PART", 2)
    page = bring("email,name\na@x.example,First\nb@x.example,B\nc@x.example,C\nA@x.example,Second\n")
    assert page.row("Second")[2] == "Row 2: a@x.example · First"


@pytest.mark.parametrize("role", ["viewer", "support"])
def test_only_who_may_import_may_decide(someone, bring, role):
    path = bring("email\na@x.example\na@x.example\n").path
    assert someone(role).post(f"{path}/decide", {"row-3": "send"}).status == 403


def test_what_was_decided_after_the_start_counts_for_nothing(bring):
    page = bring("email\na@x.example\na@x.example\n")
    page.press("Import 1 customer")
    assert "nothing was decided" in page.press("Send 1 open row as it stands").messages


def test_a_list_of_addresses_takes_each_of_several_in_a_row(marketer):
    lines = "Anna <a1@x.example>, b2@x.example; c3@x.example\nd4@x.example\na1@x.example\njohn smith@x.example"
    page = marketer.get("/imports/new?kind=suppressed").press("Read it", text=lines)
    assert "4 addresses are suppressed" in page.text
    assert "1 row holds several addresses; each of them counts." in page.text
    assert page.row("john smith")[:2] == ["4", "Column A: This is not an e-mail address."]
    assert ["3", "The same customer stands in row 1 already.", "a1@x.example"] in page.rows("#left-out table")
    assert "REES46 accepted 4" in page.press("Suppress 4 addresses").text
