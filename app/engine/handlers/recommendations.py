"""Blocks of recommended products."""

from __future__ import annotations

import secrets

from app.engine.answers import Refusal, answers
from app.engine.catalogue.format import price_formatted
from app.engine.catalogue.html import in_html, teaser
from app.engine.catalogue.tracking import marked, marks
from app.engine.recommendations.select import chosen
from app.engine.search.reader import opened
from app.engine.store.db import Db
from app.engine.store.products import Product
from app.engine.store.recommenders import ALSO_BOUGHT, POPULAR, SEARCH, SIMILAR, Recommender, recommender_of
from app.rees46 import recommendations

NEEDS = {SIMILAR: "item_id", ALSO_BOUGHT: "item_id", SEARCH: "search_query"}
FOR_EVERYBODY = {POPULAR, SIMILAR, ALSO_BOUGHT, SEARCH}  # rules by which all visitors see the same
VISIT = {"did", "seance", "segment", "prevent_shuffle", "extended"}  # parameters that choose no products


@answers
def recommend(db: Db, op: recommendations.Recommend) -> recommendations.Block:
    """Give the products of a block."""
    block = db.known.once(("block", op.recommender_code), lambda: recommender_of(db, op.recommender_code))
    if block is None:
        raise Refusal(404, "There is no recommendation block with this code")
    need = NEEDS.get(block.rule)
    if need and not getattr(op, need):
        raise Refusal(400, f"{need}: this block needs it")
    asked = op.model_dump_json(exclude=VISIT if block.rule in FOR_EVERYBODY else VISIT - {"did"})
    index = opened(db.at.settings, db.shop.id) if block.rule == SEARCH else None  # what it finds is not in the database
    as_of = index.as_of if index else None
    shown = db.known.once(("shown", asked, as_of), lambda: _chosen(db, block, op), size=op.limit or block.size)
    if not op.prevent_shuffle:
        shown = secrets.SystemRandom().sample(shown, len(shown))
    products: list[str | recommendations.Product] = [one if op.extended else one.id for one, _ in shown]
    return recommendations.Block(
        html=teaser(block.title, (html for _, html in shown)),
        title=block.title, products=products, id=block.id, recommends=products,
    )  # fmt: skip


def _chosen(db: Db, block: Recommender, op: recommendations.Recommend) -> list[tuple[recommendations.Product, str]]:
    """Choose products, and write the HTML of each."""
    found = chosen(db, block.rule, op, op.limit or block.size)
    marked_with = marks("dynamic", block.code)
    described = [
        _described(product, product.currency or db.shop.currency, marked_with, op.resize_image) for product in found
    ]
    return [(one, in_html(one)) for one in described]


def _described(product: Product, currency: str, marked_with: str, size: int | None) -> recommendations.Product:
    return recommendations.Product(
        id=product.item_id,
        name=product.name,
        price=product.price,
        oldprice=product.oldprice,
        discount_percent=product.discount_percent,
        currency=currency,
        price_formatted=price_formatted(product.price, currency),
        url=marked(product.url, marked_with),
        picture=product.picture,
        image_url=product.picture,
        image_url_resized={str(size): product.picture} if size else {},  # the box keeps no pictures to resize
        brand=product.brand,
        barcode=product.barcode,
        categories=product.categories,
    )
