"""What everybody may know of a product."""

from __future__ import annotations

from app.engine.prices import price_formatted
from app.engine.store.products import Product
from app.rees46 import products


def described(product: Product, shop_currency: str) -> products.Product:
    """Say what the catalogue knows of it."""
    details = product.details
    currency = product.currency or shop_currency
    return products.Product(
        name=product.name,
        description=details.get("description"),
        price=product.price,
        currency=currency,
        url=product.url,
        picture=product.picture,
        id=product.item_id,
        brand=product.brand,
        oldprice=product.oldprice,
        discount_percent=product.discount_percent,
        barcode=product.barcode,
        group_id=product.group_id,
        is_available=product.is_available,
        categories=product.categories,
        params=details.get("params", []),
        image_url=product.picture,
        price_formatted=price_formatted(product.price, currency),
    )
