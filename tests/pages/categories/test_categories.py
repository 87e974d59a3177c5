"""Categories: the tree, what one lists with its facets, and collections."""

import json

import pytest

from tests.adapters import Answering, Dead, trouble


def names(page):
    return [link.text_content() for link in page.tree.cssselect(".tree a")]


def test_the_tree_is_as_deep_as_it_is_wanted(agent):
    assert {"Road bikes", "Rings"} <= set(names(agent.get("/categories/")))
    roots = names(agent.get("/categories/?depth=0"))
    assert "Bicycles" in roots
    assert "Road bikes" not in roots


def test_only_categories_with_reduced_products_may_be_shown(agent):
    reduced = names(agent.get("/categories/?only_discount=y"))
    assert "Black Friday" in reduced
    assert len(reduced) < len(names(agent.get("/categories/")))


@pytest.mark.usefixtures("indexed")
def test_products_are_counted_when_somebody_wants_it(agent):
    page = agent.get("/categories/?depth=0&counts=y")
    assert "products" in next(item.text_content() for item in page.tree.cssselect(".tree li"))
    assert " products" not in agent.get("/categories/?depth=0").tree.cssselect(".tree li")[0].text_content()


@pytest.mark.parametrize("nonsense", ["depth=abc", "depth=-1", "depth=99999"])
def test_nonsense_shows_the_tree_as_ever(agent, nonsense):
    page = agent.get(f"/categories/?{nonsense}")
    assert page.status == 200
    assert names(page)


@pytest.mark.usefixtures("indexed")
def test_a_category_lists_products_and_facets_narrow_them(agent):
    page = agent.get("/categories/").follow("Jerseys")
    assert page.h1 == "Jerseys"
    before = len(page.rows())
    narrowed = page.follow("black")
    assert 0 < len(narrowed.rows()) < before
    assert "chosen" in narrowed.text
    again = narrowed.follow("black (chosen: take it back)")
    assert len(again.rows()) == before


@pytest.mark.usefixtures("indexed")
def test_prices_and_order_narrow_a_category(agent):
    page = agent.get("/categories/category?id=201").press("Filter", price_max="4000", sort="price-asc")
    prices = [float(row[2].split()[0].replace(",", "")) for row in page.rows()]
    assert prices
    assert prices == sorted(prices)
    assert max(prices) <= 4000


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("query", ["price_min=abc", "price_min=-5", "page=0", "page=99999999", "property=x", "sort=x"])
def test_nonsense_in_the_query_of_a_category_breaks_nothing(agent, query):
    assert agent.get(f"/categories/category?id=201&{query}").status == 200


def test_filters_told_as_a_list_are_read_too(app, agent):
    body = {
        "products": [],
        "products_total": 0,
        "categories": [{"id": "7", "name": "Hats"}],
        "filters": [{"filter": {"name": "wool", "count": 3, "values": [{"value": "yes", "count": 3}]}}],
    }
    trouble(app, Answering(body=json.dumps(body).encode()), "/category/7")
    page = agent.get("/categories/category?id=7")
    assert page.h1 == "Hats"
    assert page.link("yes")
    assert "No product in stock here" in page.text


def test_a_category_that_does_not_exist_is_refused_in_words_and_is_no_fault_of_a_server(agent):
    page = agent.get("/categories/category?id=nonsense")
    assert page.status == 404
    assert "There is no such category" in page.text


def test_without_an_answer_the_page_stands(app, agent):
    trouble(app, Dead(), "/products/categories")
    page = agent.get("/categories/")
    assert page.status == 502
    assert "REES46 did not answer." in page.text


def test_a_collection_shows_its_products_in_order(agent):
    page = agent.get("/categories/collection").press("Show the collection", id="6")
    assert len(page.rows()) == 8
    assert agent.get("/categories/collection?id=nonsense").status == 404
