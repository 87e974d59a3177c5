"""Importing a catalogue: from the file to what REES46 has of it."""

import json

import pytest
from sqlalchemy import select

from app.engine.store.products import Product
from app.store.acts import Act
from tests.pages.catalogue.conftest import as_csv, as_json, figures, product

ROW = "{0};Bicycle;1 240,50;https://shop.example.com/{0};https://shop.example.com/{0}.jpg;17|3;да;1500;;;red"
FEED = """<?xml version="1.0" encoding="windows-1251"?><!DOCTYPE yml_catalog SYSTEM "shops.dtd">
<yml_catalog date="2026-11-28"><shop><categories><category id="17">Велосипеды</category>
<category id="18" parentId="17">Горные</category></categories><offers>
<offer id="y-1" available="true" group_id="7"><url>https://shop.example.com/y1?a=1&amp;b=2</url><price>100</price>
<currencyId>RUB</currencyId><categoryId>18</categoryId><picture>https://shop.example.com/y1.jpg</picture>
<picture>https://shop.example.com/y1b.jpg</picture><typePrefix>Велосипед</typePrefix><vendor>Stels</vendor>
<model>Navigator</model><param name="Цвет" unit="">синий</param></offer></offers></shop></yml_catalog>"""


def products_of(box):
    with box.extensions["db"].reading() as db:
        return {one.item_id: one for one in db.scalars(select(Product).where(Product.shop_id == 1))}


def test_products_of_a_json_file_arrive(bring, worked_off, box, last, marketer):
    page = bring("products", as_json(product(1), product(2, brand="Stels"), {"id": "no more"}))
    assert figures(page) == {"Rows in the file": "3", "To be sent": "2", "Rows left out": "1", "Parts": "1"}
    assert "It is mandatory, and not there." in page.text
    page = page.press("Import it", dangling="y")
    worked_off()
    assert last().state == "sent"
    assert products_of(box)["new-2"].brand == "Stels"
    page = marketer.get(f"/catalogue/{last().key}")
    assert "1 part accepted" in page.text
    assert "as sent" in marketer.get(f"/catalogue/{last().key}/sample").text


def test_a_table_is_read_by_its_headings(bring, worked_off, box, marketer):
    page = bring("products", as_csv(ROW.format("a"), ROW.format("b")), "товары.csv", column_10="param:")
    assert figures(page)["To be sent"] == "2"
    page.press("Import it", dangling="y")
    worked_off()
    found = products_of(box)["a"]
    assert (found.price, found.oldprice, found.categories) == (1240.5, 1500, ["17", "3"])
    assert json.loads(found.text)["params"] == [{"name": "Colour", "value": ["red"]}]


def test_yml_holds_categories_and_products(bring, worked_off, box):
    page = bring("categories", FEED.encode("cp1251"), "feed.yml")
    assert figures(page)["To be sent"] == "2"
    page = bring("products", FEED.encode("cp1251"), "feed.yml")
    page.press("Import it", dangling="y")
    worked_off()
    found = products_of(box)["y-1"]
    assert (found.name, found.group_id, found.url) == (
        "Велосипед Stels Navigator",
        "7",
        "https://shop.example.com/y1?a=1&b=2",
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "There is nothing in it"),
        (b"<html><body/></html>", "This XML is no YML"),
        (b'{"a": 1}', "no list of objects"),
        (b"\x00\x01\x02", "no text file"),
    ],
)
def test_what_is_no_catalogue_is_refused_at_once(bring, content, words, last):
    page = bring("products", content, "nonsense")
    assert page.status == 422
    assert words in page.text
    assert last() is None


def test_each_part_is_an_act_of_its_own_below_the_import(bring, worked_off, desk):
    bring("products", as_json(product(1))).press("Import it", dangling="y")
    worked_off()
    with desk.reading() as db:
        parent = db.scalars(select(Act).where(Act.what == "catalogue.Run")).one()
        child = db.scalars(select(Act).where(Act.what == "products.Put")).one()
    assert (parent.outcome, child.parent_id, child.outcome) == ("done", parent.id, "done")
    assert child.asked["items"] == 1
    assert "webhook" not in child.asked
