"""What says the whole: categories, and what is in stock. It is one call, and what is lost by it is shown and typed."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.engine.store.categories import Category
from app.engine.store.products import Product
from app.pages.catalogue import checking, kinds
from app.store import catalogue_sent
from app.store.base import now
from app.store.catalogue_imports import CataloguePart
from tests.pages.catalogue.conftest import as_json, product


@pytest.fixture
def sent(bring, worked_off, desk):
    """Three products are there, as the desk sent them a while ago."""
    bring("products", as_json(*map(product, range(3)))).press("Import it", dangling="y")
    worked_off()
    with desk.writing() as db:
        db.execute(update(CataloguePart).values(sent=now() - timedelta(minutes=3)))


def in_stock(box):
    with box.extensions["db"].reading() as db:
        there = select(Product.item_id).where(Product.shop_id == 1, Product.is_available.is_(True))
        return set(db.scalars(there))


def test_what_goes_out_of_stock_is_shown_and_its_number_typed(sent, bring, worked_off, box, desk, last, marketer):
    page = bring("stock", b'["new-0"]')
    assert "2 products go out of stock." in page.text
    lost = marketer.get(f"/catalogue/{last().key}/lost.csv")
    assert "new-1" in lost.text
    assert "new-2" in lost.text
    refused = page.press("Import it", number="3")
    assert "Type the number to confirm: 2. Nothing was sent." in refused.text
    worked_off()
    assert len(in_stock(box)) > 1
    refused.press("Import it", number="2")
    worked_off()
    assert in_stock(box) == {"new-0"}
    with desk.reading() as db:
        assert list(catalogue_sent.in_stock(db, 1)) == ["new-0"]


def test_without_a_list_sent_before_nobody_says_what_goes_out(bring, last):
    page = bring("stock", b'["ST-1", "ST-1", {"id": "ST-2", "available": false}]')
    assert "it cannot say what goes out" in page.text
    assert "The same ID stands in row 1 already" in page.text
    assert "it is not listed" in page.text
    assert last().count("good") == 1
    assert "Type the number to confirm: 1" in page.press("Import it", number="").text


def test_what_is_removed_is_counted_and_typed(sent, bring, worked_off, box, desk):
    page = bring("removal", b"id\nnew-1\nnew-2\n", "removal.csv")
    assert "2 products go out of stock." in page.text
    page.press("Import it", number="2")
    worked_off()
    assert not {"new-1", "new-2"} & in_stock(box)
    with desk.reading() as db:
        assert list(catalogue_sent.in_stock(db, 1)) == ["new-0"]


def test_categories_that_disappear_are_named(bring, worked_off, box, marketer, last):
    with box.extensions["db"].reading() as db:
        before = {one.external_id: one.name for one in db.scalars(select(Category).where(Category.shop_id == 1))}
    kept, name = min(before.items())
    tree = [(kept, name, None), ("x", "X", "gone"), ("a", "A", "b"), ("b", "B", "a")]
    content = [{"id": item, "name": called, "parent": parent} for item, called, parent in tree]
    page = bring("categories", json.dumps(content).encode())
    number = len(before) - 1
    assert f"{number} categories disappear." in page.text
    assert "Its parent gone is not there." in page.text
    assert page.text.count("It stands below itself") == 2
    page.press("Import it", number=str(number))
    worked_off()
    with box.extensions["db"].reading() as db:
        assert set(db.scalars(select(Category.external_id).where(Category.shop_id == 1))) == {kept, "x", "a", "b"}
    assert "as sent" in marketer.get(f"/catalogue/{last().key}/sample").text


@pytest.mark.parametrize("kind", ["categories", "stock"])
def test_what_is_too_large_for_one_call_is_refused_and_never_cut(bring, last, monkeypatch, marketer, kind, parts):
    monkeypatch.setattr(checking, "HEAVIEST", checking.BESIDES + 20)
    page = bring(kind, b'[{"id": "a-long-one", "name": "A"}, {"id": "another-one", "name": "B"}]')
    number = last().count("lost") if kind == "categories" else 2
    assert "It is too large for one call" in page.text
    assert "Import it" not in page.text
    assert marketer.post(f"/catalogue/{last().key}/run", {"number": number}).status == 200
    assert last().state == "checked"
    assert [part.state for part in parts()] == ["checked"]


def test_blocks_of_one_call_are_joined_and_those_of_others_are_not(bring, monkeypatch, parts):
    monkeypatch.setattr("app.pages.catalogue.blocks.MOST", 2)
    bring("stock", b'["a", "b", "c", "a", "d"]')
    assert [(part.number, part.items) for part in parts()] == [(0, 4)]
    bring("removal", b'["a", "b", "c", "a", "d"]')
    assert [(part.number, part.items) for part in parts()] == [(1, 2), (2, 1), (3, 1)]
    assert parts()[1].problems == [[4, "a", [["twice", "id", 1]]]]


def test_a_part_weighs_no_more_than_a_call_may(bring, monkeypatch, parts):
    monkeypatch.setattr("app.pages.catalogue.blocks.ROOM", 20)
    bring("removal", json.dumps([f"product-{number}" for number in range(5)]).encode())
    assert [part.items for part in parts()] == [1, 1, 1, 1, 1]
    assert kinds.HEAVIEST == 35_000_000
