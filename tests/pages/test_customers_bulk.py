"""Finding many customers at once from a pasted list."""

from datetime import timedelta

from sqlalchemy import select, update

from app.store.base import now
from app.store.lookups import Lookup
from tests.adapters import Answering, Silent, over, trouble
from tests.schedules import run

LIST = """
anna.kowalska@example.com
8 999 000 00 02
BIKE-0001
nobody@example.com
anna.kowalska@example.com; 79990000002
ANNA.KOWALSKA@example.com
Anna Kowalska
anna.k@example.org
10002
"""


def looked_up(visitor, lines=LIST):
    return visitor.get("/customers/bulk").press("Find them all", lines=lines)


def test_every_line_says_what_became_of_it(agent):
    page = looked_up(agent)
    assert page.h1 == "5 of 9 found"
    assert page.row("nobody@example.com")[2] == "not found"
    assert page.row("8 999 000 00 02")[3] == "Вера Соколова"
    assert page.row("BIKE-0001")[3] == "Anna Kowalska"
    assert page.row("10002")[3] == "Вера Соколова"
    assert page.row("ANNA.KOWALSKA")[2] == "repeated as line 1"
    assert page.row("a name")[1] == "Anna Kowalska"


def test_a_line_of_two_people_is_ambiguous_and_names_both(agent):
    page = looked_up(agent).follow("Several 1")
    assert len(page.rows()) == 2
    assert {row[-4] for row in page.rows()} == {"Anna Kowalska", "Вера Соколова"}


def test_a_former_address_is_found_too(agent):
    assert looked_up(agent).row("anna.k@example.org")[3] == "Anna Kowalska"


def test_the_result_can_be_filtered_shared_and_opened(agent, viewer):
    page = looked_up(agent).follow("Not found 1")
    assert [row[1] for row in page.rows()] == ["nobody@example.com"]
    assert viewer.get(page.path).follow("Вера Соколова").h1 == "Вера Соколова"
    assert "@" not in page.path


def test_an_empty_kind_is_not_an_empty_list(agent):
    page = looked_up(agent, "anna.kowalska@example.com").follow("Not found 0")
    assert "Nothing matches these filters" in page.text


def test_the_result_comes_as_a_file_that_excel_can_take(agent):
    page = looked_up(agent, "formula@example.com\nBIKE-0001")
    file = agent.client.get(page.link("Download CSV"))
    assert file.mimetype == "text/csv"
    lines = file.get_data(as_text=True).splitlines()
    assert lines[0].startswith("\ufeff")
    assert lines[1].split(",")[3].startswith("'=1+1")
    assert "BIKE-0001" in lines[2]


def test_five_hundred_lines_cost_a_call_for_each_kind(agent, app):
    watched = Answering(200, b"[]")
    trouble(app, watched)
    lines = (
        [f"{n}@example.com" for n in range(200)]
        + [f"+7999000{n:04}" for n in range(200)]
        + [f"L{n}" for n in range(100)]
    )
    page = looked_up(agent, "\n".join(lines))
    assert page.h1 == "0 of 500 found"
    assert len(page.rows()) == 500
    assert len(watched.calls) == 4


def test_a_longer_list_is_looked_up_by_a_job_in_parts(agent, app, desk):
    watched = Answering(200, b"[]")
    trouble(app, watched)
    page = looked_up(agent, "\n".join([*(f"{n}@example.com" for n in range(1200)), "7@example.com"]))
    assert page.h1 == "0 of 1,201 found"
    assert len(watched.calls) == 3
    assert len(page.rows()) == 500
    page = page.follow("Next page").follow("Next page")
    assert page.rows()[-1][1:3] == ["7@example.com", "repeated as line 8"]
    assert "1,001 to 1,201 of 1,201" in page.text
    assert [row[0] for row in page.follow("Repeated 1").rows()] == ["1201"]


def test_what_was_looked_up_stays_when_rees46_is_silent_and_the_rest_goes_on(agent, app, desk):
    silent = trouble(app, Silent())
    page = looked_up(agent, "\n".join([*(f"{n}@example.com" for n in range(600)), "BIKE-0001"]))
    assert "It waits, and tries again by itself" in page.text
    over(app, silent)
    page = page.press("Continue")
    assert page.h1 == "1 of 601 found"
    assert page.follow("Found 1").rows()[0][3] == "Anna Kowalska"


def test_more_than_twenty_thousand_are_refused_and_nothing_is_lost(agent):
    page = looked_up(agent, "\n".join(f"{n}@example.com" for n in range(20_001)))
    assert page.status == 422
    assert "20001 lines" in page.errors[-1]
    assert "20000@example.com" in page.dom.find("textarea").get_text()


def test_bad_lists_are_refused(agent):
    for typed in ("", "  \n ", "a\0b@example.com", "x" * 4_000_001):
        assert looked_up(agent, typed).status == 422
    assert looked_up(agent, "x" * 90_000).status == 200


def test_odd_lines_break_nothing(agent):
    page = looked_up(agent, "<script>\n=1+1\n🚲\n@\n'; drop table\n\u202eevil\n" + "1" * 300)
    assert page.h1 == "0 of 7 found"


def test_after_a_day_it_is_gone(app, agent, desk):
    path = looked_up(agent).path
    with desk.writing() as db:
        db.execute(update(Lookup).values(expires=now() - timedelta(seconds=1)))
    assert agent.get(path).status == 404
    looked_up(agent, "BIKE-0001")
    run("lookups.forget", app)
    with desk.reading() as db:
        assert len(db.scalars(select(Lookup)).all()) == 1


def test_it_is_listed_for_who_looked(agent, viewer):
    looked_up(agent)
    assert "9 lines" in agent.get("/customers/").text
    assert "9 lines" not in viewer.get("/customers/").text


def test_every_role_may_look_many_up(someone):
    for role in ("viewer", "marketer"):
        assert looked_up(someone(role), "BIKE-0001").h1 == "1 of 1 found"


def test_silence_keeps_nothing(app, agent):
    page = agent.get("/customers/bulk")
    trouble(app, Silent())
    page = page.press("Find them all", lines=LIST)
    assert page.status == 502
    assert "did not answer" in page.text
