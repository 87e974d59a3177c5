"""Text goes out compressed, to those who take it."""

import gzip

import brotli
import pytest
from flask import Flask, Response

from app.web.http import compression

LONG = "a row of figures\n" * 100


@pytest.fixture
def client():
    app = Flask(__name__)
    compression.init_app(app)
    app.add_url_rule("/long", "long", lambda: LONG)
    app.add_url_rule("/short", "short", lambda: "short")
    app.add_url_rule("/picture", "picture", lambda: Response(LONG, mimetype="image/png"))
    app.add_url_rule("/stream", "stream", lambda: Response((line for line in [LONG]), mimetype="text/csv"))
    return app.test_client()


def test_brotli_is_preferred(client):
    answer = client.get("/long", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert answer.content_encoding == "br"
    assert brotli.decompress(answer.data).decode() == LONG
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(LONG) / 10


def test_gzip_is_for_those_who_do_not_know_brotli(client):
    answer = client.get("/long", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data).decode() == LONG


@pytest.mark.parametrize("accepted", ["", "identity", "br;q=0, gzip;q=0"])
def test_who_takes_neither_gets_plain_text(client, accepted):
    answer = client.get("/long", headers={"Accept-Encoding": accepted})
    assert answer.content_encoding is None
    assert answer.text == LONG


@pytest.mark.parametrize("path", ["/short", "/picture", "/stream"])
def test_what_gains_nothing_or_is_streamed_stays_as_it_is(client, path):
    assert client.get(path, headers={"Accept-Encoding": "br"}).content_encoding is None


def test_caches_are_told_that_the_answer_depends_on_the_encoding(client):
    assert "Accept-Encoding" in client.get("/long").headers["Vary"]
