"""Blocks of recommended products."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from app.engine.answers import Refusal, answers
from app.engine.catalogue.html import block_in_html, in_html
from app.engine.catalogue.serialize import attributes, categories_with_parents, handle, shaped
from app.engine.catalogue.tracking import marked, marks
from app.engine.recommendations.select import chosen
from app.engine.search.reader import opened
from app.engine.store.db import Db
from app.engine.store.locations import Location, locations_of, with_those_searched
from app.engine.store.products import Product
from app.engine.store.recommenders import ALSO_BOUGHT, POPULAR, SEARCH, SIMILAR, Recommender, recommender_of
from app.rees46 import recommendations

NEEDS = {SIMILAR: "item_id", ALSO_BOUGHT: "item_id", SEARCH: "search_query"}
FOR_EVERYBODY = {POPULAR, SIMILAR, ALSO_BOUGHT, SEARCH}  # rules by which all visitors see the same
VISITOR = {"did", "email"}
VISIT = VISITOR | {"seance", "segment", "prevent_shuffle", "extended"}  # parameters that choose no products


@answers
def recommend(db: Db, op: recommendations.Recommend) -> recommendations.Block:
    """Give the products of a block."""
    block = db.known.once(("block", op.recommender_code), lambda: recommender_of(db, op.recommender_code))
    if block is None:
        raise Refusal(404, "There is no recommendation block with this code")
    need = NEEDS.get(block.rule)
    if need and not getattr(op, need):
        raise Refusal(400, f"{need}: this block needs it")
    asked = op.model_dump_json(exclude=VISIT if block.rule in FOR_EVERYBODY else VISIT - VISITOR)
    index = opened(db.at.settings, db.shop.id) if block.rule == SEARCH else None  # what it finds is not in the database
    as_of = index.as_of if index else None
    shown = db.known.once(("shown", asked, as_of), lambda: _chosen(db, block, op), size=op.limit or block.size)
    if not op.prevent_shuffle:
        shown = secrets.SystemRandom().sample(shown, len(shown))
    products: list[str | recommendations.Product] = [one if op.extended else one.id for one, _ in shown]
    return recommendations.Block(
        html=block_in_html(block.title, (html for _, html in shown)),
        title=block.title,
        products=products,
        id=block.id,
        recommends=products,
    )


def _chosen(db: Db, block: Recommender, op: recommendations.Recommend) -> list[tuple[recommendations.Product, str]]:
    """Choose products, and write the HTML of each."""
    found = chosen(db, block.rule, op, op.limit or block.size)
    places = with_those_searched(db, op.locations)
    known = categories_with_parents(db, (category for product in found for category in product.categories))
    marked_with = marks("dynamic", block.code)
    stores = {one.external_id: one for one in locations_of(db)} if op.with_locations else {}
    said = (attributes(product, db.shop.currency, known, places) | _stocked(product, stores) for product in found)
    shown = [_described(one, marked_with, op.resize_image) for one in said]
    return [(one, in_html(one)) for one in shown]


def _stocked(product: Product, stores: Mapping[str, Location]) -> dict[str, Any]:
    """Say where a product is in stock: by IDs, as documents do, and by objects, as one SDK reads them."""
    if not stores:
        return {}
    named = [str(place["location"]) for place in product.locations or []]
    ids = list(stores) if product.locations is None else [one for one in named if one in stores]
    there = [{"id": one, "name": stores[one].name, "type": stores[one].kind} for one in ids]
    return {"location_ids": ids, "locations": there}


def _described(said: dict[str, Any], marked_with: str, size: int | None) -> recommendations.Product:
    url = marked(said["url"], marked_with)
    resized = {str(size): said["picture"]} if size else said["image_url_resized"]
    return shaped(recommendations.Product, said | {"url": url, "url_handle": handle(url), "image_url_resized": resized})
