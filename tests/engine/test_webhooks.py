"""Webhooks: how an import ended is told once, signed, to public addresses only, again after pauses if need be."""

import base64
import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import update

from app.engine.store.webhooks import PAUSES, Webhook
from app.engine.webhooks.sender import WebhookSender
from app.engine.worker.main import work_until_idle
from app.rees46 import categories, locations, products
from app.rees46.network import is_public
from tests.engine.asking import ON_SQLITE, SECRET

BIKE = {
    "id": "1",
    "name": "Bike",
    "price": 1,
    "url": "https://a.example",
    "picture": "https://a.example/1",
    "categories": ["1"],
}


@contextmanager
def receiver(answer=200, location=None):
    """A server that keeps what it is told."""
    told = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(answer)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield f"http://localhost:{server.server_port}/hook?a=b", told
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"box_private_webhooks": True})


@pytest.fixture
def tell(settings, database):
    """Work off what there is, and tell what is due."""

    def tell():
        work_until_idle(settings)
        WebhookSender(settings, database).until_idle()

    return tell


@pytest.fixture
def last(db):
    def last():
        db.rollback()
        db.expire_all()
        (webhook,) = db.query(Webhook)
        return webhook

    return last


def make_due(database):
    with database.writing() as db:
        db.execute(update(Webhook).values(due=db.now - timedelta(seconds=1)))


@pytest.mark.parametrize(
    "call",
    [
        lambda url: products.Put(items=[BIKE], webhook=url),
        lambda url: products.Sync(items=[], webhook=url),
        lambda url: categories.Import(categories=[{"id": "1", "name": "Bikes"}], webhook=url),
        lambda url: locations.Import(locations=[{"id": "1", "name": "Moscow"}], webhook=url),
    ],
)
def test_a_success_is_told_with_the_documented_body(shop, tell, call):
    with receiver() as (url, told):
        shop.send(call(url))
        tell()
        tell()
    ((path, headers, body),) = told
    assert (path, body) == ("/hook?a=b", b'{"status":"success"}')
    assert headers["content-type"] == "application/json"


def test_an_error_names_the_rows_that_were_left_out(shop, tell):
    with receiver() as (url, told):
        shop.send(products.Put(items=["item_id_1", BIKE, BIKE | {"price": 0}], webhook=url))
        tell()
    said = json.loads(told[0][2])
    assert said["status"] == "error"
    assert said["message"].startswith("2 of 3 were left out. Row 1: ")
    assert "Row 3: price: " in said["message"]


def test_the_receiver_can_check_who_signed_it(shop, tell):
    with receiver() as (url, told):
        shop.send(products.Put(items=[BIKE], webhook=url))
        tell()
    _, headers, body = told[0]
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(SECRET.encode(), text, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"


def test_what_is_not_taken_is_told_again_after_growing_pauses_and_given_up_after_a_day(shop, tell, last, database):
    with receiver(answer=503) as (url, told):
        shop.send(products.Put(items=[BIKE], webhook=url))
        tell()
        assert (last().attempts, last().last_words) == (1, "Status 503")
        tell()
        assert len(told) == 1
        for _ in PAUSES:
            make_due(database)
            tell()
        assert (len(told), last().state) == (len(PAUSES) + 1, "given up")
        make_due(database)
        tell()
        assert len(told) == len(PAUSES) + 1
    assert sum(PAUSES) == pytest.approx(24 * 3600, rel=0.05)
    assert list(PAUSES) == sorted(PAUSES)


@ON_SQLITE
def test_a_redirect_is_not_followed(shop, tell, last):
    with receiver() as (target, reached), receiver(answer=302, location=target) as (url, told):
        shop.send(products.Put(items=[BIKE], webhook=url))
        tell()
    assert (len(told), reached, last().last_words) == (1, [], "Status 302")


@ON_SQLITE
def test_a_private_address_is_called_only_where_the_setting_allows_it(shop, settings, database, last):
    with receiver() as (url, told):
        shop.send(products.Put(items=[BIKE], webhook=url))
        strict = settings.model_copy(update={"box_private_webhooks": False})
        work_until_idle(strict)
        WebhookSender(strict, database).until_idle()
    assert (told, last().last_words) == ([], "The address is not a public one")


@ON_SQLITE
def test_no_proxy_of_the_environment_is_asked(shop, tell, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with receiver() as (url, told):
        shop.send(products.Put(items=[BIKE], webhook=url))
        tell()
    assert len(told) == 1


@ON_SQLITE
def test_a_dead_receiver_delays_nobody(shop, other_shop, settings, database):
    dead, alive = "http://127.0.0.1:1/", "http://localhost"
    with receiver() as (url, told):
        for number in range(30):
            with database.writing() as db:
                db.execute(update(Webhook).values(due=db.now))
            shop.send(products.Sync(items=[str(number)], webhook=dead))
        other_shop.send(products.Put(items=[BIKE], webhook=url))
        work_until_idle(settings)
        (first, second) = WebhookSender(settings, database).round()
        first.result()
        second.result()
    assert alive in url
    assert len(told) == 1


def test_an_attempt_whose_process_was_killed_is_made_again(shop, settings, database, tell, last):
    with receiver() as (url, told):
        shop.send(products.Put(items=[BIKE], webhook=url))
        work_until_idle(settings)
        with database.writing() as db:
            from app.engine.store.webhooks import claim_due  # noqa: PLC0415  # what a sender does before it is killed

            assert len(claim_due(db, [], 5)) == 1
        tell()
        assert told == []
        make_due(database)
        tell()
    assert (len(told), last().state) == (1, "told")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
        "fe80::1%1",
        "224.0.0.1",
        "0.0.0.1",
        "100.64.0.1",
        "fd00::1",
    ],
)
def test_addresses_that_are_not_public_are_known_in_every_disguise(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address):
    assert is_public(address)


@ON_SQLITE
@pytest.mark.parametrize("url", ["ftp://a.example/", "javascript:alert(1)", "/hook", "https://"])
def test_a_webhook_that_is_no_web_address_is_refused_at_once(wire, url):
    said = {"shop_id": "shop", "shop_secret": SECRET, "items": [], "webhook": url}
    assert wire.put("/import/products", json=said).status_code == 400


def test_staff_can_read_what_failed(shop, wire, tell):
    with receiver(answer=500) as (url, _):
        shop.send(products.Put(items=[BIKE], webhook=url))
        shop.send(products.Put(items=["x", BIKE], webhook=url))
        tell()
    answer = wire.get("/notices?shop_id=shop", headers={"X-Shop-Secret": SECRET})
    (notice,) = answer.json
    assert (notice["kind"], notice["total"], notice["left_out"]) == ("products", 2, 1)
    assert notice["remarks"][0]["row"] == 1
    assert wire.get("/notices?shop_id=shop").status_code == 403
    assert wire.get("/notices", headers={"X-Shop-Secret": SECRET}).status_code == 401
    assert wire.get(f"/notices?shop_id=shop&before={notice['id']}", headers={"X-Shop-Secret": SECRET}).json == []
