"""The table of roles (docs/roles.md) says who may do what; test_every_door walks all addresses by it."""

from app.web.sign_in.access import roles_for
from tests.house.roles import ANYBODY, may, table
from tests.house.test_pages import OPEN, views

OUTSIDE = {"asset", "static"}  # files that belong to no page


def uses(app):
    """Each view with each method that it answers."""
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST"}
        if rule.endpoint not in OUTSIDE
    }


def test_the_code_lets_in_whom_the_table_names(app):
    with app.app_context():
        differing = [
            f"{method} {endpoint}: {sorted(may(endpoint, method) or [])} in docs/roles.md"
            for endpoint, method in sorted(uses(app))
            if endpoint not in OPEN and may(endpoint, method) != roles_for(endpoint, method)
        ]
    assert differing == []


def test_whoever_has_not_signed_in_opens_what_the_table_says(app):
    told = {endpoint for endpoint, method in uses(app) if may(endpoint, method) == {ANYBODY}}
    assert told == OPEN & views(app).keys() - OUTSIDE


def test_the_table_names_each_page_and_no_view_that_there_is_not(app):
    used = uses(app)
    pages = {endpoint.rpartition(".")[0] for endpoint, _method in used}
    named = {page for page, _method in table() if "." not in page}
    assert named == pages
    assert {use for use in table() if "." in use[0]} <= used
