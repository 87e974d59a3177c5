"""The box tells the desk how an import ended as REES46 does: two servers, each asking the other over HTTP."""

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import select, update
from werkzeug.serving import make_server

from app.config import Settings
from app.engine.store.webhooks import Webhook
from app.engine.webhooks.sender import WebhookSender
from app.pages.catalogue import webhooks
from app.store.exchanges import Exchange
from app.store.shops import Shop
from app.web.calls.addresses import new_desk_session
from tests.pages.catalogue.conftest import as_json, product


@contextmanager
def served(application):
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def servers(app, box, desk, monkeypatch):
    """The shop's REES46 is a server, and so is the desk; each may be reached by the other."""
    with served(app) as here, served(box) as there:
        said = app.extensions["settings"].model_dump() | {"public_url": here, "private_shops": True}
        settings = Settings(**said)
        monkeypatch.setitem(app.extensions, "settings", settings)
        monkeypatch.setitem(app.extensions, "rees46_session", new_desk_session(settings, None))
        monkeypatch.setattr(webhooks, "may_be_told", lambda _where: True)
        monkeypatch.setattr("app.pages.catalogue.blocks.MOST", 1)
        with desk.writing() as db:
            db.execute(update(Shop).where(Shop.id == 1).values(api_url=there))
        yield here


@pytest.fixture
def tell(settings, box):
    """Let the box post what it has to tell, to any address."""
    told = settings.model_copy(update={"box_private_webhooks": True})
    return WebhookSender(told, box.extensions["db"]).until_idle


def posted(box):
    with box.extensions["db"].reading() as db:
        return [webhook.url for webhook in db.scalars(select(Webhook).order_by(Webhook.id))]


def test_the_box_posts_to_the_address_of_each_part_and_the_desk_shows_it(
    servers, tell, bring, worked_off, marketer, box, desk, last
):
    bring("products", as_json(product(1), product(2))).press("Import it", dangling="y")
    worked_off()
    with desk.reading() as db:
        assert "/import/products" in db.scalars(select(Exchange.path).order_by(Exchange.id.desc())).first()
    assert all(url.startswith(f"{servers}/s/demo/") for url in posted(box))
    assert "2 parts accepted" in marketer.get(f"/catalogue/{last().key}").text
    tell()
    page = marketer.get(f"/catalogue/{last().key}")
    assert "2 parts worked off" in page.text
    assert (last().hook, last().hook_digest) == (None, None)
