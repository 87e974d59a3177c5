"""The list model: cells are safe, one of each kind is rendered once, and a CSV has the same rows."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from flask import g
from lxml import html
from markupsafe import Markup

from app.web.moments import ago, told
from app.web.tables.columns import Address, Column, list_table, once_for

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def here(app):
    with app.test_request_context("/s/demo/trail/"):
        app.preprocess_request()
        g.shop = SimpleNamespace(slug="demo")
        yield


def columns(seen):
    badge = once_for(lambda row: row[1], lambda row: seen.append(row) or Markup("<b>{}</b>").format(row[1]))
    at = Address("trail.show", "number")
    return [
        Column("Name", lambda row: at.link(row[2], row[0]), at="name"),
        Column("State", badge, at="figure"),
        Column("What", lambda row: row[0], at="note", kind="cut"),
    ]


def test_what_people_wrote_is_escaped_and_what_many_rows_have_is_rendered_once(here):
    seen = []
    rows = [("<script>alert(1)</script>", "done", 7), ('a"b', "done", 8), ("x", "refused", 9)]
    table = html.fromstring(list_table("A <list>", columns(seen), rows))
    assert len(seen) == 2
    assert not table.cssselect("script")
    assert [cell.text_content() for cell in table.cssselect("tbody th")] == [row[0] for row in rows]
    assert [link.get("href") for link in table.cssselect("tbody a")] == [f"/s/demo/trail/{row[2]}" for row in rows]
    assert [cell.get("title") for cell in table.cssselect(".cut[title]")] == [row[0] for row in rows]
    assert table.cssselect("caption")[0].text == "A <list>"


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(seconds=-20), "in a moment"),
        (timedelta(minutes=12), "12 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(hours=-13), "tomorrow"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=7), "7 days ago"),
        (timedelta(days=8), "20 Nov"),
        (timedelta(days=-2), "in 2 days"),
        (timedelta(days=400), "24 Oct 2025"),
        (timedelta(minutes=-30), "in 30 min"),
    ],
)
def test_a_moment_is_told_one_way(here, back, words):
    with time_machine.travel(NOW, tick=False):
        assert ago((NOW - back).replace(tzinfo=None)) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-01 12:00:00", "1 Nov"),
        ("2026-11-28", "today"),
        ("soon", "soon"),
        ("", "–"),
        (None, "–"),
        ("2026-13-45", "2026-13-45"),
    ],
)
def test_a_day_of_rees46_is_told_the_same_way_and_nonsense_stays(here, text, shown):
    with time_machine.travel(NOW, tick=False):
        assert html.fromstring(f"<p>{told(text)}</p>").text_content() == shown
