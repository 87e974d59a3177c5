"""Lists that are held whole: pages of them by number, and all of them as a file."""

import csv
from io import StringIO

import pytest

from app.store.base import now
from app.store.orders_seen import SeenOrder
from app.web.tables.numbered import numbered

HEADS = {
    "/orders/": ["Order", "Customer", "Status"],
    "/push_tokens/": ["Device ID", "Token"],
    "/chats/": ["Customer", "Code"],
    "/zero_results/": ["Searched for", "Times"],
    "/products/hidden": ["Product", "What is missing"],
    "/messages/campaigns": ["Name", "Code"],
    "/messages/recipients": ["Whose", "Address"],
    "/differences/": ["Operation", "Difference"],
    "/schedules/": ["What", "Kept for"],
    "/orders/imports": ["File", "State", "What is brought"],
    "/bonus_accounts/": ["Customer", "Balance"],
    "/bonus_accounts/imports": ["File", "State", "Accounts"],
    "/events/": ["Events", "Device"],
    "/tests/": ["Plan", "Campaign"],
    "/catalogue/notices": ["What", "Rows left out"],
    "/links/templates": ["Name", "Tags"],
}


def test_each_is_a_file_without_its_buttons(admin):
    for path, head in HEADS.items():
        first = next(csv.reader(StringIO(admin.get(f"{path}?as=csv").html.removeprefix("\ufeff"))))
        assert first[: len(head)] == head
        assert not {"Act", "Actions"} & set(first)


@pytest.mark.parametrize("path", ["/orders/", "/chats/", "/messages/campaigns", "/bonus_accounts/"])
def test_a_viewer_gets_no_file_with_customers_in_it(viewer, path):
    assert viewer.get(f"{path}?as=csv").status == 403


@pytest.mark.parametrize(
    ("query", "rows", "before", "after"),
    [
        ("", [0, 1, 2], None, "3"),
        ("from=3", [3, 4, 5], "0", "6"),
        ("from=1&kind=a", [1, 2, 3], "0", "4"),
        ("from=6", [6], "3", None),
        ("from=99", [6], "3", None),
        ("from=-1", [0, 1, 2], None, "3"),
        ("from=x", [0, 1, 2], None, "3"),
        ("as=csv&from=3", [0, 1, 2, 3, 4, 5, 6], None, None),
    ],
)
def test_a_page_is_told_by_its_first_row(app, query, rows, before, after):
    with app.test_request_context(f"/s/x/waiting/?{query}"):
        part = numbered(range(7), 3)
        assert part.rows == rows
        for url, place in ((part.before_url, before), (part.after_url, after)):
            assert (url and f"from={place}" in url) or (url is place is None)
            assert url is None or ("kind=a" in url) is ("kind=a" in query)


def test_orders_that_were_sent_are_told_from_those_that_were_read(desk, agent):
    with desk.writing() as db:
        for number, is_sent in (("Z-1", True), ("Z-2", False)):
            db.add(SeenOrder(shop_id=1, number=number, is_sent=is_sent, read=now()))
    page = agent.get("/orders/?origin=sent&q=Z-")
    assert [row[0] for row in page.rows()] == ["Z-1"]
    assert "Where from: sent from here" in page.text
