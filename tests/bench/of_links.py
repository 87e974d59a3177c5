"""Following a short link, with its click stored, against a redirect of a bare Flask application."""

import tempfile
from pathlib import Path

from flask import Flask, redirect

from app.engine.http.app import create_box
from tests.bench.figures import Figure, in_turns
from tests.bench.of_catalog import KEYS, opened

MANY = 400  # links, followed one after the other


def measure():
    with tempfile.TemporaryDirectory() as folder:
        box = create_box(opened(Path(folder)))
        urls = [{"url": f"https://shop.example/{number}"} for number in range(MANY)]
        made = box.test_client().post("/url/create", json=KEYS | {"links": urls}).get_json()
        paths = ["/" + link["url"].rpartition("/")[2] for link in made]
        bare = Flask("bare")
        bare.add_url_rule("/<code>", view_func=lambda code: redirect(f"https://shop.example/{code}"))
        times = in_turns(follows(box, paths), follows(bare, paths), rounds=20)
        box.extensions["clicks"].close()
        box.extensions["db"].engine.dispose()
    # The goal is to follow 0.7 times as many in a second.
    yield Figure(
        "Follow short links, clicks stored", *(time / MANY for time in times), 1 / 0.7, f"{MANY} bare redirects"
    )


def follows(app, paths):
    client = app.test_client()

    def follow():
        for path in paths:
            assert client.get(path).status_code == 302

    return follow
