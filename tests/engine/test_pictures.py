"""The box draws the pictures that its demo shop names, so that pages show something."""

import pytest

from app.engine.http.pages.pictures import OF_CATEGORY, SHAPES, draw
from app.engine.seed.catalogue import CATEGORIES

PICTURE = "https://shop.example.com/pictures/37.jpg"


def test_what_the_demo_shop_sells_is_drawn(box):
    answer = box.test_client().get("/pictures", query_string={"of": PICTURE})
    assert answer.mimetype == "image/svg+xml"
    assert answer.text.startswith("<svg")


def test_every_category_has_its_shape_and_every_product_its_colour():
    assert {one.id for one in CATEGORIES} - OF_CATEGORY.keys() == {"BFRIDAY_CATEGORY_ID"}
    assert SHAPES["bike"] in draw(PICTURE, ["BFRIDAY_CATEGORY_ID", "147"])
    assert SHAPES["picture"] in draw(PICTURE, [])
    assert draw(PICTURE, []) != draw(PICTURE.replace("37", "38"), [])


@pytest.mark.parametrize("of", ["", "https://another.example/pictures/37.jpg", "http://[", "37.jpg", "\0"])
def test_of_other_addresses_there_is_no_drawing(box, of):
    assert box.test_client().get("/pictures", query_string={"of": of}).status_code == 404
