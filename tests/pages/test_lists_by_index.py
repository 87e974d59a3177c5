"""No list reads or sorts a whole table that grows, whatever it is narrowed by: 50 of 2,000,000 rows cost what 50 cost.

SQLite is asked how it goes about each statement of the desk's database; it says so without having rows, where
PostgreSQL rightly scans what is small. Those of the box are held in tests/engine/test_scale.py.
"""

import re

import pytest
from lxml import html
from sqlalchemy import event

from tests.house.test_pages import path_to, views

# What people write by hand, or what there is a few of for each of them: read whole, and put in order each time.
SMALL = {
    "alembic_version",
    "brakes",
    "budgets",
    "campaigns",
    "customer_traces",  # of the customers that are shown
    "demanded_factors",
    "matrix_scenarios",  # of one test plan
    "passkeys",
    "people",
    "recipients",
    "recommender_blocks",
    "record_imports",  # of two kinds in one list; somebody confirmed each
    "saved_lists",
    "schedules",
    "seal_keys",
    "second_factors",
    "segment_names",
    "sessions",  # of one person
    "shops",
    "words",
    "workers",
}
TABLE = re.compile(r"(?:SCAN|SEARCH) (\w+)")
SCAN = re.compile(r"SCAN (?!(?:\d+ )?CONSTANT|\(subquery|json_each|anon_\d)(\w+)")
SORTED = ("USE TEMP B-TREE FOR ORDER BY", "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY")
BY_KEY = re.compile(r"FROM (\w+) ORDER BY \1\.id DESC\s+LIMIT")  # the newest few of all are read backwards
OPEN = "communications.status IN"  # those that somebody still has to answer, the oldest first
OPTIONS, TYPED = 3, {"date": "2026-11-01", "number": "3"}


@pytest.fixture
def plans(desk):
    """How SQLite goes about each statement of the desk's database, by its text."""
    plans = {}

    def look(_connection, cursor, statement, parameters, _context, _many):
        if statement.lstrip().startswith(("SELECT", "WITH")) and statement not in plans:
            cursor = cursor.connection.cursor()
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans[statement] = [row[3] for row in cursor.fetchall()]

    event.listen(desk.engine, "before_cursor_execute", look)
    yield plans
    event.remove(desk.engine, "before_cursor_execute", look)


def narrowed(path, page):
    """The addresses by which the forms of a list narrow it, by one thing each; and further pages of it."""
    here = path.partition("?")[0]
    yield here, {"before": "1000"}
    yield here, {"after": "1000"}
    for form in html.document_fromstring(page).xpath("//form[not(@method) or @method = 'get']"):
        where = (form.get("action") or here).partition("?")[0]
        for field in form.iter("select", "input"):
            for value in values(field):
                yield where, {field.get("name"): value}


def values(field):
    if not field.get("name") or field.get("type") in {"hidden", "submit"}:
        return []
    if field.tag == "select":
        return [option.get("value") for option in field.iter("option") if option.get("value")][:OPTIONS]
    return [TYPED.get(field.get("type"), field.get("value") or "anna")]


def walk(app, visitor):
    """Open every page that needs nothing but its shop, as it stands and narrowed."""
    for rule in views(app).values():
        if "GET" not in rule.methods or rule.arguments - {"shop"} or rule.endpoint == "static":
            continue
        path = path_to(app, rule)
        with visitor.client.get(path) as answer:
            page = answer.data if answer.mimetype == "text/html" and answer.status_code == 200 else b""
        for where, query in narrowed(path, page) if page.strip() else ():
            visitor.client.get(where, query_string=query).close()


def faults_of(statement, plan):
    tables = set(TABLE.findall(" ".join(plan)))
    if set(SCAN.findall(" ".join(plan))) - SMALL and not BY_KEY.search(statement):
        yield "reads a whole table"
    is_of_few = bool(tables & SMALL) or OPEN in statement
    if any(step in SORTED for step in plan) and "LIMIT" in statement and not is_of_few:
        yield "sorts more than it shows"


def test_no_list_reads_or_sorts_a_whole_table(app, admin, plans):
    walk(app, admin)
    assert len(plans) > 100
    faults = [f"{fault}: {statement}" for statement, plan in plans.items() for fault in faults_of(statement, plan)]
    assert faults == [], "\n".join(faults)
