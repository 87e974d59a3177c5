"""`GET /pictures?of=URL`: a drawing in place of a picture that the demo shop names. No picture lies at its address."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, abort, current_app, request
from sqlalchemy import select

from app.engine.store.products import Product
from app.engine.store.shops import shop_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

    from app.database import Database
    from app.engine.store.db import Db

DEMO_HOST = "shop.example.com"
SHAPES = {
    "bike": "M18 42a10 10 0 1 0 .1 0zM46 42a10 10 0 1 0 .1 0zM18 52l10-22h14l-12 22zm10-22 4 22m10-22 4 22M25 25h7",
    "shirt": "M22 16l-12 8 5 9 5-3v24h24V30l5 3 5-9-12-8q-10 8-20 0z",
    "trousers": "M22 14h20l4 38H36l-4-24-4 24H18z",
    "shoe": "M10 44V30l10-4 10 12q16 2 24 6v6H10z",
    "helmet": "M10 42a22 22 0 0 1 44 0zM20 42q2-14 12-20m2 20q2-14-2-20",
    "bottle": "M27 12h10v6l5 6v28H22V24l5-6zM22 32h20",
    "bag": "M14 26h36l4 28H10zM24 26v-6q8-10 16 0v6",
    "ring": "M32 24a15 15 0 1 0 .1 0zM26 14h12l4 5-10 8-10-8z",
    "part": "M32 14a18 18 0 1 0 .1 0zM32 26a6 6 0 1 0 .1 0zM32 8v6m0 36v6M8 32h6m36 0h6",
    "picture": "M10 16h44v32H10zM10 44l14-14 10 10 8-6 12 10M42 24a3 3 0 1 0 .1 0z",
}
OF_CATEGORY = {
    **dict.fromkeys(("1", "100500", "146", "147", "148", "149"), "bike"),
    **dict.fromkeys(("2", "201", "203", "479", "480"), "shirt"),
    **dict.fromkeys(("202", "205"), "trousers"),
    **dict.fromkeys(("204", "206"), "shoe"),
    "301": "helmet",
    "305": "bag",
    "306": "bottle",
    **dict.fromkeys(("482", "483"), "ring"),
    **dict.fromkeys(("3", "302", "303", "304"), "part"),
}
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="256" height="256">'
    '<path fill="hsl({hue} 32% 90%)" d="M0 0h64v64H0z"/><path fill="none" stroke="hsl({hue} 38% 32%)" '
    'stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" d="{shape}"/></svg>'
)


def init_app(app: Flask) -> None:
    """Add the route."""
    app.add_url_rule("/pictures", "pages.pictures", picture)


def picture() -> Response:
    """Draw what the demo shop sells; of another shop's address there is no drawing."""
    url = request.args.get("of", "")
    if _host_of(url) != DEMO_HOST:
        abort(404)
    database: Database[Db] = current_app.extensions["db"]
    with database.reading() as db:
        shop = shop_of(db, "demo")
        mine = (Product.shop_id == (shop.id if shop else None), Product.item_id == _name_of(url))
        categories = db.scalar(select(Product.categories).where(*mine)) or ()
    answer = Response(draw(url, categories), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "max-age=86400"
    return answer


def draw(url: str, categories: Iterable[str]) -> str:
    """Draw what such a thing looks like, each in a colour of its own."""
    shape = next((OF_CATEGORY[category] for category in categories if category in OF_CATEGORY), "picture")
    hue = hashlib.sha256(url.encode()).digest()[0] * 360 // 256
    return DRAWING.format(hue=hue, shape=SHAPES[shape])


def _host_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _name_of(url: str) -> str:
    """The product whose picture it is: https://shop.example.com/pictures/37.jpg."""
    return urlsplit(url).path.rpartition("/")[2].rpartition(".")[0]
