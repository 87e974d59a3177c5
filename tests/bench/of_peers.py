"""What pages cost in CPU of all processes that serve them, against Django admin over the same rows, tuned.

The goals are ratios to Django admin in the same run. Flask-Admin is shown beside it, and holds us to nothing.
"""

import os
import statistics
import subprocess
import tempfile
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import text

from tests.bench.figures import Figure
from tests.bench.of_customers import FILL
from tests.bench.of_lists import ACTS, CHANGES, EXCHANGES
from tests.bench.peers.serving import ENVIRONMENT, HERE, desk, installed, peer
from tests.furnishing import PASSWORD, furnish, settings_in

ROWS = 200_000
ROUNDS, TIMES, WARM_UP = 5, 20, 10
SHOP = "/s/demo"


def measure():
    installed()
    with tempfile.TemporaryDirectory(prefix="desk46-bench-") as folder, sites(Path(folder)) as (ours, django, flask):
        theirs = {
            "list": partial(django.get, "/admin/django_desk/exchange/"),
            "open": opens_in_django(django),
            "save": saves_in_django(django),
        }
        mine = {
            "Request log, 50 rows": (partial(ours.get, f"{SHOP}/requests/"), "list", 0.2),
            "Audit trail, 50 rows": (partial(ours.get, f"{SHOP}/trail/"), "list", 0.2),
            "Changes of subscriptions, 50 rows": (partial(ours.get, f"{SHOP}/subscriptions/changes"), "list", 0.2),
            "Find and open a customer, with everything": (opens(ours), "open", 1.3),
            "Save of an edit, the POST": (saves(ours), "save", 1.0),
            "Home with its panels": (partial(whole, ours, f"{SHOP}/"), "list", 0.4),
            "A fragment that says nothing": (partial(ours.get, f"{SHOP}/jobs/count"), "list", 0.04),
            "A page that says nothing": (partial(ours.get, f"{SHOP}/jobs/"), "list", 0.11),
        }
        costs = in_rounds(
            {name: (django, act) for name, act in theirs.items()}
            | {"flask": (flask, partial(flask.get, "/admin/exchange/"))}
            | {name: (ours, act) for name, (act, _against, _limit) in mine.items()}
        )
        yield Figure("Flask-Admin, list of 50", costs["flask"], costs["list"], 100, "Django admin, CPU")
        for name, (_act, against, limit) in mine.items():
            yield Figure(name, costs[name], costs[against], limit, f"Django admin's {against}, CPU")


@contextmanager
def sites(folder):
    """Serve all three, filled alike, with somebody signed in."""
    database = folder / "peers.db"
    fill = [ENVIRONMENT / "bin/python", "-m", "django_desk.fill", str(ROWS), str(ROWS)]
    subprocess.run(fill, cwd=HERE, env=os.environ | {"BENCH_DATABASE": str(database)}, check=True)
    with (
        desk(filled_desk(folder / "desk")) as ours,
        peer("django_desk.wsgi:application", database) as django,
        peer("flask_admin_desk:application", database) as flask,
    ):
        path = "/account/sign-in"
        _action, values = ours.form(ours.page(path), "Sign in", email="admin@desk46.test", password=PASSWORD)
        ours.post(path, values)
        path = "/admin/login/"
        _action, values = django.form(django.page(path), "Log in", username="bench", password="bench")
        django.post(path, values)
        yield ours, django, flask


def filled_desk(folder):
    folder.mkdir()
    settings = settings_in(folder)
    furnish(settings)
    from app import store  # noqa: PLC0415  # once there is a database
    from app.engine.http.app import create_box  # noqa: PLC0415  # as above

    for database, statements in (
        (store.open_desk(settings), (EXCHANGES, ACTS)),
        (create_box(settings).extensions["db"], (CHANGES, *FILL)),
    ):
        with database.writing() as db:
            for statement in statements:
                db.execute(text(statement), {"rows": ROWS})
            db.execute(text("ANALYZE"))
        database.engine.dispose()
    return settings


def whole(site, path):
    """Open a page, and all that it loads by itself."""
    page = site.page(path)
    for panel in page.cssselect("main [hx-get][hx-trigger*=load]"):
        site.get(panel.get("hx-get"), headers={"HX-Request": "true"})
    return page


def opens(site):
    numbers = count(1)
    action, values = site.form(site.page(f"{SHOP}/"), "Find the customer")

    def find_and_open():
        values["who"] = f"bench{next(numbers)}@example.com"
        whole(site, site.post(action, values).headers["Location"])

    return find_and_open


def opens_in_django(site):
    numbers = count(1)

    def find_and_open():
        page = site.page(f"/admin/django_desk/customer/?q=bench{next(numbers)}@example.com")
        site.get(page.cssselect("#result_list tbody th a")[0].get("href"))

    return find_and_open


def saves(site):
    """Save one edit after the other. What leads up to a POST costs nobody anything: only the POST is run here."""
    numbers = count(1)
    action, values = site.form(site.page(f"{SHOP}/"), "Find the customer")
    values["who"] = "bench77@example.com"
    profile = site.post(action, values).headers["Location"]
    reviewed = []

    def review():
        edit = site.page(f"{profile}/edit")
        target, data = site.form(edit, "Look it over", last_name=f"Name {next(numbers)}")
        answer = site.post(target or f"{profile}/edit", data)
        page = site.page(answer.headers["Location"]) if "Location" in answer.headers else None
        return site.form(page, "Save 1 change")

    def save():
        site.post(*reviewed.pop())

    save.prepare = lambda times: reviewed.extend(review() for _ in range(times))
    return save


def saves_in_django(site):
    numbers = count(1)
    path = "/admin/django_desk/customer/77/change/"
    forms = []

    def save():
        site.post(path, forms.pop())

    def prepare(times):
        page = site.page(path)
        forms.extend(site.form(page, "_save", last_name=f"Name {next(numbers)}")[1] for _ in range(times))

    save.prepare = prepare
    return save


def in_rounds(subjects):
    """Give the seconds of CPU of each: the median of rounds in which all take turns."""
    for _site, act in subjects.values():
        prepare = getattr(act, "prepare", None)
        if prepare:
            prepare(WARM_UP)
        for _ in range(WARM_UP):
            act()
    costs = {name: [] for name in subjects}
    for _ in range(ROUNDS):
        for name, (site, act) in subjects.items():
            if prepare := getattr(act, "prepare", None):
                prepare(TIMES)
            before = site.cpu()
            for _ in range(TIMES):
                act()
            costs[name].append((site.cpu() - before) / TIMES)
    return {name: statistics.median(rounds) for name, rounds in costs.items()}
