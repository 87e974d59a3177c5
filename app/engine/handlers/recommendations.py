"""Blocks of recommended products."""

from __future__ import annotations

import secrets

from app.engine.answers import Refusal, answers
from app.engine.choosing import chosen
from app.engine.prices import price_formatted
from app.engine.store.db import Db
from app.engine.store.products import Product
from app.engine.store.recommenders import ALSO_BOUGHT, SEARCH, SIMILAR, Recommender, recommender_of
from app.engine.teaser import teaser
from app.engine.urls import marked
from app.rees46 import recommendations

NEEDS = {SIMILAR: "item_id", ALSO_BOUGHT: "item_id", SEARCH: "search_query"}


@answers
def recommend(db: Db, op: recommendations.Recommend) -> recommendations.Block:
    """Give the products of a block."""
    block = recommender_of(db, op.recommender_code)
    if block is None:
        raise Refusal(404, "There is no recommendation block with this code")
    need = NEEDS.get(block.rule)
    if need and not getattr(op, need):
        raise Refusal(400, f"{need}: this block needs it")
    found = chosen(db, block.rule, op, op.limit or block.size)
    if not op.prevent_shuffle:
        secrets.SystemRandom().shuffle(found)
    shown = [_described(db, block, product, op.resize_image) for product in found]
    products: list[str | recommendations.Product] = [*shown] if op.extended else [one.id for one in shown]
    return recommendations.Block(
        html=teaser(block.title, shown), title=block.title, products=products, id=block.id, recommends=products
    )


def _described(db: Db, block: Recommender, product: Product, size: int | None) -> recommendations.Product:
    currency = product.currency or db.shop.currency
    return recommendations.Product(
        id=product.item_id,
        name=product.name,
        price=product.price,
        oldprice=product.oldprice,
        discount_percent=product.discount_percent,
        currency=currency,
        price_formatted=price_formatted(product.price, currency),
        url=marked(product.url, "dynamic", block.code),
        picture=product.picture,
        image_url=product.picture,
        image_url_resized={str(size): product.picture} if size else {},  # the box keeps no pictures to resize
        brand=product.brand,
        barcode=product.barcode,
        categories=product.categories,
    )
