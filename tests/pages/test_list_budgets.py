"""What a list of 50 rows and home cost, counted and never timed: these figures may only fall."""

from collections import Counter

import pytest
from jinja2.runtime import Macro
from sqlalchemy import event, text

from tests.adapters import Answering, trouble
from tests.bench.of_lists import ACTS, EXCHANGES
from tests.pages.test_customers_profile import Counting

BESIDE = ("COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")
BUDGETS = {  # statements and transactions of the desk's database, calls to REES46, macros that are rendered
    "/trail/": (8, 5, 0, 39),
    "/requests/": (5, 4, 0, 26),
    "/messages/": (6, 4, 0, 32),
    "/imports/": (5, 4, 0, 15),
    "/links/": (5, 4, 0, 19),
    "/promo_codes/handed-out": (4, 4, 0, 17),
    "/segments/": (4, 4, 0, 28),
    "/communications/": (6, 6, 0, 17),
    "/jobs/": (4, 4, 0, 10),
    "/people/": (6, 3, 0, 23),
    "/orders/": (4, 4, 0, 13),
    "/push_tokens/": (4, 4, 0, 12),
    "/chats/": (4, 4, 0, 12),
    "/subscriptions/changes": (5, 5, 1, 31),
    "/waiting/": (8, 8, 1, 25),
    "/zero_results/": (7, 6, 1, 91),
    "/products/hidden": (5, 5, 1, 8),
    "/schedules/": (5, 5, 0, 12),
    "/messages/campaigns": (4, 4, 0, 14),
    "/messages/recipients": (4, 4, 0, 36),
    "/differences/": (4, 4, 0, 65),
    "/": (25, 5, 0, 30),
}


@pytest.fixture
def costs(app, desk, admin, monkeypatch):
    """Give what a page costs that was opened before, when nobody has written since: the first opening may do so."""
    with desk.writing() as db:
        for statement in (ACTS, EXCHANGES):
            db.execute(text(statement), {"rows": 60})
    counted, calls = Counter(), []
    watched = trouble(app, Answering(), only="nothing")
    watched.behind = Counting(calls, watched.behind)
    render = Macro._invoke

    def rendered(macro, *arguments):
        counted["macros"] += 1
        return render(macro, *arguments)

    def asked(_connection, _cursor, statement, *_more):
        if statement.startswith("BEGIN"):
            counted["transactions"] += 1
        elif not statement.startswith(BESIDE):
            counted["statements"] += 1

    def costs_of(path):
        for _opening in range(2):
            admin.get(path)
        counted.clear()
        calls.clear()
        assert admin.get(path).status == 200
        return counted["statements"], counted["transactions"], len(calls), counted["macros"]

    monkeypatch.setattr(Macro, "_invoke", rendered)
    event.listen(desk.engine, "before_cursor_execute", asked)
    yield costs_of
    event.remove(desk.engine, "before_cursor_execute", asked)


def test_lists_and_home_stay_within_their_budgets(costs):
    found = {path: costs(path) for path in BUDGETS}
    over = {
        path: figures
        for path, figures in found.items()
        if any(cost > most for cost, most in zip(figures, BUDGETS[path], strict=True))
    }
    assert over == {}
