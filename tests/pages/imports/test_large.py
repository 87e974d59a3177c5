"""A large file with faults of ten kinds is seen to its end: the right rows in, the others named, nobody else changed.

The trial brings 50,000 rows with 200 faults, the suite 1,000 with 20.
"""

import csv
import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import Database
from app.engine.store.customers import Customer, Identity
from app.store.exchanges import Exchange
from tests.page import upload
from tests.pages.imports.conftest import UMA, figures

SHORT = "test_a_large_file_is_seen_to_its_end"
SIZES = [
    pytest.param(1_000, 20, id="1,000"),
    pytest.param(50_000, 200, id="50,000", marks=pytest.mark.trial(short=SHORT)),
]
HEADER = ["email", "phone", "name", "birthday", "bonuses", "newsletter"]
OF_ANNA = "+44 7700 900101"
# What is wrong with a row, as a change of a sound one, and how the page says so.
FAULTS = [
    ({"email": "anna@gmail,com"}, "This is not an e-mail address."),
    ({"email": "a1@x.example, b2@x.example"}, "These are several e-mail addresses."),
    ({"phone": "7,91612E+10"}, "The spreadsheet cut this number."),
    ({"phone": "12"}, "This is not a phone number."),
    ({"birthday": "31.02.1990"}, "This is not a date"),
    ({"bonuses": "many"}, "This is not a number."),
    ({"newsletter": "maybe"}, "This is neither yes nor no."),
    ({"email": "NULL", "phone": "-"}, "No e-mail, phone or ID"),
    ({"phone": OF_ANNA}, "This would change who a customer of REES46 is"),
    ({"email": UMA, "phone": OF_ANNA}, "Its identifiers belong to two different customers"),
]


def row(number, **wrong):
    sound = {
        "email": f"person{number}@load.example",
        "phone": f"8 (911) {number:07d}",
        "name": f"Name {number}",
        "birthday": "31.05.1990",
        "bonuses": "1 240,00",
        "newsletter": "yes",
    }
    return list((sound | wrong).values())


def written(rows, header=HEADER):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([header, *rows])
    return out.getvalue()


@pytest.fixture
def known(settings):
    """The customers that the box has, with all that can be known of them, and how many there are."""
    database = Database(settings.box_database, Session)

    def known():
        with database.reading() as db:
            customers = {mapping.id: dict(mapping) for mapping in db.execute(select(Customer.__table__)).mappings()}
            keys = {(one.kind, one.value): one.customer_id for one in db.scalars(select(Identity))}
        return customers, keys

    yield known
    database.engine.dispose()


def to_the_end(page):
    """Press "Continue" as long as there is such a button, as whoever has no script does."""
    while page.dom.find(id="work"):
        assert " of " in page.dom.find(id="work").get_text(), "how far it is can be seen"
        page = page.press("Continue", within="#work")
    return page


@pytest.mark.parametrize(("size", "faults"), SIZES)
def test_a_large_file_is_seen_to_its_end(size, faults, marketer, bring, worked_off, known, desk):
    wrong = {size // faults * (place + 1) - 1: FAULTS[place % len(FAULTS)] for place in range(faults)}
    rows = [row(number, **wrong[number][0]) if number in wrong else row(number) for number in range(size)]
    before, keys_before = known()
    page = bring(written(rows))
    page = to_the_end(page)
    assert figures(page)["To be sent"] == f"{size - faults:,}"
    assert figures(page)["Rows left out"] == f"{faults:,}"
    with desk.reading() as db:
        asked = db.query(Exchange).filter_by(operation="crm.Search").count()
    assert asked <= 2 * 2 * (size // 500 + 1), "one question for the customers of a part by each kind of identifier"

    failed = marketer.client.get(page.link("Download all rows that are not sent")).get_data(as_text=True)
    read = list(csv.reader(io.StringIO(failed.removeprefix("\ufeff")), delimiter=";" if ";" in failed[:200] else ","))
    named = {int(one[-2]): one[-1] for one in read[1:]}
    assert {number: words in named.get(number + 2, "") for number, (_, words) in wrong.items()} == dict.fromkeys(
        wrong, True
    )

    page = to_the_end(page.press(f"Import {size - faults:,} customers"))
    worked_off()
    page = to_the_end(page.press("Count what arrived"))
    assert figures(page)["Known now"] == f"{size - faults:,}"

    after, keys = known()
    assert {number: after[number] for number in before} == before, "customers who were there are as they were"
    assert {key: keys[key] for key in keys_before} == keys_before
    assert len(after) == len(before) + size - faults

    mended = [row(number) for number in wrong]
    page = marketer.get("/imports/new?segment=313").press(
        "Read it",
        file=upload(written([[*cells, *one[-2:]] for cells, one in zip(mended, read[1:], strict=True)], read[0])),
    )
    page = page.press("Check the rows")
    assert figures(page)["To be sent"] == f"{faults:,}"
    to_the_end(page.press(f"Import {faults} customers"))
    worked_off()
    after, _keys = known()
    assert len(after) == len(before) + size
