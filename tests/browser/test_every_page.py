"""Every page that can be opened without knowing an id, wide and on a phone, light and dark."""

import pkgutil

import pytest

from app import pages
from tests.browser.conftest import PHONE, WIDE
from tests.conftest import PASSWORD
from tests.page import sign_in

PAGES = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))


@pytest.fixture(scope="module")
def admin(live):
    return sign_in(live.app.test_client(), "admin@desk46.test", PASSWORD)


def paths_of(app, name):
    with app.test_request_context():
        return sorted(
            rule.rule.replace("<shop>", "demo")
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith(f"{name}.") and "GET" in (rule.methods or ()) and not rule.arguments - {"shop"}
        )


def is_a_page(visitor, path):
    answer = visitor.get(path)
    return answer.status == 200 and answer.is_html and "<html" in answer.html and answer.answer.request.path == path


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_nobody_could_complain_about(name, size, live, admin, look):
    assert is_a_page(admin, "/account/"), "the administrator could not sign in"
    for path in paths_of(live.app, name):
        if is_a_page(admin, path):
            look(path, size=size, language="ru" if size == PHONE else "en")


def test_nobody_could_complain_about_signing_in(look):
    for size in (WIDE, PHONE):
        look("/account/sign-in", role=None, size=size)
