"""Every address with every role: without its token no form is taken, and no role opens what is another's.

Beside it: strangers, and viewers, who change nothing (test_pages), shops (tests/pages/test_people_shops.py), what
another shop has (test_other_shops), other sites (tests/web/test_security.py). Each walks all addresses, new ones too.
"""

import pytest

from app.store.acts import Act
from tests.house.roles import may
from tests.house.test_pages import OPEN, path_to, views

CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def acts_in(desk):
    with desk.reading() as db:
        return db.query(Act).count()


def test_a_form_without_its_token_or_with_somebody_elses_is_taken_nowhere(app, admin, agent, desk):
    before, taken, tried = acts_in(desk), [], 0
    tokens = ({}, {"csrf_token": agent.token()})
    for rule in app.url_map.iter_rules():
        for method in rule.methods & set(CHANGING):
            tried += 1
            answer = admin.client.open(path_to(app, rule), method=method, data=tokens[tried % 2])
            if answer.status_code not in {400, 404, 405}:
                taken.append(f"{method} {rule.rule}: {answer.status}")
    assert tried > 150
    assert taken == []
    assert acts_in(desk) == before


def closed_to(app, role):
    """What docs/roles.md closes to a role."""
    return [
        (rule, method)
        for endpoint, rule in views(app).items()
        for method in rule.methods & {"GET", "POST"}
        if endpoint not in OPEN and role not in may(endpoint, method)
    ]


@pytest.mark.parametrize("role", ["support", "marketer"])
def test_what_the_table_closes_to_a_role_it_may_neither_see_nor_do(app, someone, role):
    visitor, opened = someone(role), []
    closed = closed_to(app, role)
    for rule, method in closed:
        data = {"csrf_token": visitor.token()} if method == "POST" else None
        answer = visitor.client.open(path_to(app, rule), method=method, data=data)
        if answer.status_code != 403:
            opened.append(f"{method} {rule.rule}: {answer.status}")
    assert opened == []
    assert len(closed) > 40
