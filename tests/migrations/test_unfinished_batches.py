"""Revisions 0015 and 0017: batches that an older release left unfinished go on by themselves."""

from datetime import datetime

from alembic import command
from sqlalchemy import MetaData, create_engine

from tests.migrations.conftest import SCHEMAS, rows_of

BATCH = {"shop_id": 1, "reading": {}}
LINK = {"shop_id": 1, "source": "https://a.example", "digest": "x", "lifetime": 30, "domain": "", "is_own": False}
CODES = {"source": "pasted", "codes": ["A", "B"], "findings": {}, "total": 2, "position": 1, "tries": 1}


def test_what_was_begun_and_is_not_through_becomes_work(old):
    url = old("desk")
    command.upgrade(SCHEMAS["desk"].alembic_config(url), "0014")
    person = rows_of(url)["people"][0]["name"]
    engine = create_engine(url)
    tables = MetaData()
    tables.reflect(engine)
    with engine.begin() as db:
        for table, rows in batches_of(person).items():
            for row in rows:
                db.execute(tables.tables[table].insert(), given(tables.tables[table], row))
    engine.dispose()
    SCHEMAS["desk"].upgrade_to_head(url)
    imports = [row for row in rows_of(url)["works"] if row["kind"].startswith("imports.")]
    assert [(row["kind"], row["subject"], row["total"]) for row in imports] == [("imports.send", "1000000000000001", 3)]
    rows = [row for row in rows_of(url)["works"] if row["subject"].startswith(("codes-", "links-"))]
    works = {(row["kind"], row["subject"]): row for row in rows}
    assert {key[1] for key in works} == {"codes-open", "links-open"}
    assert [works[key]["done"] for key in sorted(works)] == [1, 1]
    assert {row["state"] for row in works.values()} == {"waiting"}


def batches_of(person):
    codes = [
        {**BATCH, **CODES, "key": "codes-open", "person": person, "state": "sending", "list_name": "Spring"},
        {**BATCH, **CODES, "key": "codes-sent", "person": person, "state": "sent", "list_name": "Spring"},
        {**BATCH, **CODES, "key": "codes-gone", "person": "Nobody", "state": "sending", "list_name": "Spring"},
    ]
    links = [
        {**BATCH, "id": 901, "key": "links-open", "person": person, "state": "begun", "rows": [], "once": "a"},
        {**BATCH, "id": 902, "key": "links-made", "person": person, "state": "begun", "rows": [], "once": "b"},
    ]
    short = [
        {**LINK, "key": "one", "batch_id": 901, "short": "https://s.example/1", "person": person},
        {**LINK, "key": "two", "batch_id": 901, "short": None, "person": person},
        {**LINK, "key": "three", "batch_id": 902, "short": "https://s.example/3", "person": person},
    ]
    return {"promo_batches": codes, "link_batches": links, "short_links": short}


def given(table, row):
    """Leave out what the table has not, and read moments as its columns want them."""
    row = row | {"campaign": "", "at": datetime(2026, 11, 1)}  # noqa: DTZ001  # UTC without a zone, as kept
    return {name: value for name, value in row.items() if name in table.columns}
