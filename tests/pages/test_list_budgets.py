"""What a list of 50 rows and home cost, counted and never timed: these figures may only fall."""

from collections import Counter

import pytest
from jinja2.runtime import Macro
from sqlalchemy import text

from tests.adapters import Answering, trouble
from tests.bench.of_lists import ACTS, EXCHANGES
from tests.counting import counting
from tests.pages.test_customers_profile import Counting

BUDGETS = {  # statements and transactions of the desk's database, calls to REES46, macros that are rendered
    "/trail/": (4, 2, 0, 39),
    "/requests/": (1, 1, 0, 26),
    "/messages/": (2, 1, 0, 32),
    "/imports/": (1, 1, 0, 15),
    "/links/": (1, 1, 0, 19),
    "/promo_codes/handed-out": (1, 1, 0, 17),
    "/segments/": (1, 1, 0, 28),
    "/communications/": (3, 3, 0, 17),
    "/jobs/": (1, 1, 0, 10),
    "/people/": (5, 1, 0, 22),
    "/orders/": (1, 1, 0, 13),
    "/push_tokens/": (1, 1, 0, 12),
    "/chats/": (1, 1, 0, 12),
    "/subscriptions/changes": (5, 5, 1, 31),
    "/waiting/": (8, 8, 1, 25),
    "/zero_results/": (7, 6, 1, 91),
    "/products/hidden": (5, 5, 1, 8),
    "/schedules/": (2, 2, 0, 12),
    "/messages/campaigns": (1, 1, 0, 14),
    "/messages/recipients": (1, 1, 0, 36),
    "/differences/": (1, 1, 0, 65),
    "/orders/imports": (1, 1, 0, 14),
    "/bonus_accounts/": (1, 1, 0, 14),
    "/bonus_accounts/imports": (1, 1, 0, 14),
    "/events/": (2, 2, 0, 51),
    "/tests/": (5, 1, 0, 12),
    "/catalogue/notices": (2, 2, 1, 9),
    "/links/templates": (1, 1, 0, 50),
    "/": (21, 1, 0, 30),
    "/blocks/home-changes": (3, 2, 0, 6),
    "/blocks/promo-codes-running-low": (2, 1, 0, 9),
}
REMEMBERED = (5, 5, 0, 0)  # what PostgreSQL is asked anew: session, shops, brakes, saved lists, people


@pytest.fixture
def costs(app, desk, admin, monkeypatch):
    """Give what a page costs that was opened before, when nobody has written since: the first opening may do so."""
    with desk.writing() as db:
        for statement in (ACTS, EXCHANGES):
            db.execute(text(statement), {"rows": 60})
    counted_macros, calls = Counter(), []
    watched = trouble(app, Answering(), only="nothing")
    watched.behind = Counting(calls, watched.behind)
    render = Macro._invoke

    def rendered(macro, *arguments):
        counted_macros["macros"] += 1
        return render(macro, *arguments)

    def costs_of(path):
        for _opening in range(2):
            admin.get(path)
        counted_macros.clear()
        calls.clear()
        with counting(desk) as counted:
            assert admin.get(path).status == 200
        return counted["statements"], counted["transactions"], len(calls), counted_macros["macros"]

    monkeypatch.setattr(Macro, "_invoke", rendered)
    return costs_of


def test_lists_and_home_stay_within_their_budgets(costs, desk):
    found = {path: costs(path) for path in BUDGETS}
    more = (0, 0, 0, 0) if desk.is_sqlite else REMEMBERED
    over = {
        path: figures
        for path, figures in found.items()
        if any(cost > most + anew for cost, most, anew in zip(figures, BUDGETS[path], more, strict=True))
    }
    assert over == {}
