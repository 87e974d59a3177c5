"""The home page against a bare Flask page of the same weight, and one promo code against a bare SQLite update."""

import sqlite3

from flask import Flask, jsonify, render_template_string

from tests.bench.figures import Figure, in_turns
from tests.bench.installation import installation

ROW = "<tr><td>{{ row }}</td><td>{{ row * 7 }}</td><td>Somebody</td></tr>"
HOME = "/s/demo/"
KEYS = {"shop_id": "demo", "shop_secret": "demo-secret"}
CODES = 5_000
TAKE = """
    UPDATE codes SET to_whom = 'bench' WHERE id = (SELECT min(id) FROM codes WHERE to_whom IS NULL) RETURNING code
"""


def measure():
    with installation() as made:
        weight = len(made.client.get(HOME).data)
        yield Figure(
            "Home page", *in_turns(lambda: made.open(HOME), bare_page(weight)), 12, "a bare Flask page of its weight"
        )
        upload(made)
        codes = in_turns(fetch_from(made), bare_fetch(made.settings.var / "bare.db"), 300)
        yield Figure("Hand out a promo code, box alone", *codes, 10, "Flask with one SQLite update")


def bare_page(weight):
    app = Flask("bare")
    rows = range(weight // len("<tr><td>100</td><td>700</td><td>Somebody</td></tr>"))
    app.add_url_rule(
        "/", view_func=lambda: render_template_string("{% for row in rows %}" + ROW + "{% endfor %}", rows=rows)
    )
    client = app.test_client()
    return lambda: client.get("/")


def upload(made):
    codes = [f"BENCH{number:06}" for number in range(CODES)]
    answer = made.box.test_client().post("/promo_codes", json=KEYS | {"id": "3184", "codes": codes})
    assert answer.status_code == 200, answer.text


def fetch_from(made):
    client = made.box.test_client()

    def fetch():
        answer = client.get("/promo_codes/fetch", query_string=KEYS | {"id": "3184", "did": "bench"})
        assert answer.status_code == 200, answer.text

    return fetch


def bare_fetch(path):
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE codes (id INTEGER PRIMARY KEY, code, to_whom)"
    )
    database.executemany("INSERT INTO codes (code) VALUES (?)", [(f"BARE{number:06}",) for number in range(CODES)])
    app = Flask("bare")

    @app.get("/")
    def take():
        database.execute("BEGIN IMMEDIATE")
        code = database.execute(TAKE).fetchone()
        database.execute("COMMIT")
        return jsonify(code=code[0])

    client = app.test_client()
    return lambda: client.get("/")
