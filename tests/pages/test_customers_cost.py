"""What opening a customer costs: calls to REES46, and what the desk's own database is asked and told."""

from threading import Event

from tests.adapters import Answering, trouble
from tests.counting import counting
from tests.pages.test_customers_profile import Counting, profile

MOST = {"statements": 40, "transactions": 12, "writes": 2}
CALLS, FIRST = 12, 4


def test_an_opening_costs_few_calls_statements_transactions_and_writes(agent, app, desk):
    path = profile(agent).path
    agent.get(path)
    calls = []
    watched = trouble(app, Answering(), only="nothing")
    watched.behind = Counting(calls, watched.behind)

    with counting(desk) as counted:
        assert agent.get(path).status == 200
    assert len(calls) <= CALLS
    assert len(calls) == len(set(calls))
    assert {name: counted[name] for name in MOST if counted[name] > MOST[name]} == {}


def test_the_first_screen_waits_for_four_calls_that_go_side_by_side(agent, app):
    path = profile(agent).path
    calls = []
    watched = trouble(app, Answering(), only="nothing")
    watched.behind = Held(calls, watched.behind)
    app.config["PATIENCE"] = 0.2
    page = agent.get(path)
    watched.behind.let_go()
    assert page.status == 200
    assert "Still coming" in page.text
    assert len(calls) <= FIRST
    whole = agent.htmx(page.dom.select_one(".late")["hx-get"], target="div#customer")
    assert "BK-20977" in whole.text
    assert len(calls) <= CALLS


class Held(Counting):
    """Lets no call be answered before it is told to."""

    def __init__(self, calls, behind):
        super().__init__(calls, behind)
        self.gate = Event()

    def let_go(self):
        self.gate.set()

    def send(self, request, *args, **more):
        self.calls.append(request.url)
        self.gate.wait(20)
        return self.behind.send(request, *args, **more)
