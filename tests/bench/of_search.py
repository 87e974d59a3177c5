"""Searches among 200,000 products and a block of popular ones, against a bare Flask route that answers as much.

Both are served over HTTP as in production and asked with requests, as the dashboard asks. No query comes twice, but
where the figure says so: what was asked before is remembered.
"""

import itertools
import random
import tempfile
from pathlib import Path

import requests

from app import engine
from app.config import Settings
from app.engine.http.app import create_box
from app.engine.recommendations.compute import RecommendationWorker
from app.engine.search.indexer import Indexer
from app.engine.store.recommenders import POPULAR, Recommender
from app.engine.store.shops import Shop
from app.engine.worker.main import work_until_idle
from tests.bench.figures import Figure, in_turns
from tests.bench.served import served

PRODUCTS, AT_ONCE = 200_000, 50_000
ROUNDS = 1000
KEYS = {"shop_id": "bench", "shop_secret": "bench-secret"}
SHOP = {"shop_id": KEYS["shop_id"], "did": "bench-device"}
MAKERS = ["Ridgeline", "Polaris", "Vento", "Nordwind", "Kestrel", "Tundra", "Aurora", "Basalt", "Cobalt", "Delta"]
KINDS = ["mountain", "road", "city", "folding", "electric", "gravel", "touring", "racing", "kids", "cargo", "winter"]
THINGS = ["bike", "helmet", "lamp", "jersey", "saddle", "pump", "lock", "bottle", "glove", "pedal", "chain", "wheel"]
COLORS = ["red", "blue", "green", "black", "white"]
FULL = {
    "type": "full_search",
    "brands": "Ridgeline,Polaris,Vento,Kestrel",
    "categories": "0,1,2,3,4,5",
    "filters": '{"color": ["red", "blue"]}',
    "sort_by": "price",
    "sort_dir": "asc",
    "limit": 20,
}


def measure():
    with tempfile.TemporaryDirectory(prefix="desk46-bench-") as folder:
        filled(Settings(var=Path(folder)))
        with served("wsgi:engine", DESK46_VAR=folder) as box:
            again = {"type": "instant_search", "search_query": "ridgeline mou"}
            yield figure(box, "Instant search, a new query", "/search", typed(), 2)
            yield figure(box, "Instant search, asked before", "/search", itertools.repeat(again), 2)
            yield figure(box, "Full search, filters and facets", "/search", filtered(), 10)
            yield figure(box, "Popular block", "/recommend/popular", visitors(), 2)


def typed():
    """What people have in the search box while they type."""
    pairs = list(itertools.product(MAKERS, THINGS, KINDS, (1, 2, 3, 4)))
    random.Random(46).shuffle(pairs)
    for maker, thing, kind, letters in pairs:
        yield {"type": "instant_search", "search_query": f"{maker} {thing} {kind[:letters]}".lower()}


def filtered():
    for price, (kind, thing) in enumerate(itertools.cycle(itertools.product(KINDS[:6], THINGS))):
        yield FULL | {"search_query": f"{kind} {thing}s", "price_min": 1 + price, "price_max": 9000 + price}


def visitors():
    for number in itertools.count():
        yield {"extended": 1, "did": f"visitor-{number}"}


def figure(box, what, path, asked, at_most):
    first = requests.get(box + path, params=SHOP | next(asked), timeout=10)
    assert first.json()["products"], first.text
    with requests.Session() as session, served("tests.bench.bare:app", BENCH_ANSWER=first.text) as bare:

        def ours():
            answer = session.get(box + path, params=SHOP | next(asked), timeout=10)
            assert answer.status_code == 200, answer.text
            assert answer.json()["html"]

        def plain():
            assert session.get(f"{bare}/", params=SHOP, timeout=10).json()["html"]

        return Figure(what, *in_turns(ours, plain, ROUNDS), at_most, "a bare Flask route with its answer")


def filled(settings):
    """A box with many products that were imported, indexed, bought and counted."""
    engine.upgrade(settings)
    box = create_box(settings)
    with box.extensions["db"].writing() as db:
        shop = Shop(shop_id=KEYS["shop_id"], secret=KEYS["shop_secret"], name="Bench")
        db.add(shop)
        db.flush()
        db.add(Recommender(shop_id=shop.id, code="popular", rule=POPULAR, title="Popular", size=10))
    client = box.test_client()
    client.put("/import/categories", json=KEYS | {"categories": [category(number) for number in range(len(KINDS))]})
    for first in range(0, PRODUCTS, AT_ONCE):
        items = [item(number) for number in range(first, first + AT_ONCE)]
        assert client.put("/import/products", json=KEYS | {"items": items}).status_code == 204
        work_until_idle(settings)
    for number in range(0, 2000, 7):
        bought = {"event": "purchase", "order_id": number, "items": [{"id": str(number), "amount": 1, "price": 1}]}
        assert client.post("/push", json=SHOP | {"seance": "s"} | bought).status_code == 200
    RecommendationWorker(settings, box.extensions["db"]).compute()
    Indexer(settings, box.extensions["db"]).round()
    box.extensions["db"].engine.dispose()


def category(number):
    return {"id": str(number), "name": f"{KINDS[number]} things", "url": f"https://shop.example/c/{number}"}


def item(number):
    maker, rest = MAKERS[number % len(MAKERS)], number // len(MAKERS)
    kind, thing = rest % len(KINDS), THINGS[rest // len(KINDS) % len(THINGS)]
    params = [{"name": "color", "value": [COLORS[number % 5]]}, {"name": "size", "value": [str(number % 9)]}]
    return {
        "id": str(number),
        "name": f"{maker} {KINDS[kind]} {thing} {number}",
        "brand": maker,
        "available": True,
        "price": 100 + number % 10_000,
        "oldprice": 100 + number % 12_000,
        "url": f"https://shop.example/{number}",
        "picture": f"https://shop.example/{number}.jpg",
        "categories": [str(kind)],
        "params": params,
    }
