"""Every page that can be opened without knowing an id: each in one look, and as a trial each in every look."""

import itertools
import pkgutil
import zlib

import pytest

from app import pages
from tests.browser.conftest import PHONE, WIDE, after_swap
from tests.furnishing import PASSWORD
from tests.page import sign_in

PAGES = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))
WITH_PANELS = {"products": ["/s/demo/products/item?id=1012"]}  # that come later, on pages that want an ID
LOOKS = [
    {"size": size, "language": language, "theme": theme}
    for size, language, theme in itertools.product((WIDE, PHONE), ("en", "ru"), ("light", "dark"))
]


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


def look_of(path):
    """One look for each path, the same every time; over all pages every look has its turn."""
    return LOOKS[zlib.crc32(path.encode()) % len(LOOKS)]


@pytest.mark.parametrize("name", PAGES)
def test_nobody_could_complain_about(name, live, admin, look):
    assert is_a_page(admin, "/account/"), "the administrator could not sign in"
    for path in paths_of(live.app, name):
        if is_a_page(admin, path):
            look(path, **look_of(path))
    for path in WITH_PANELS.get(name, []):
        look(path, size=WIDE)


@pytest.mark.trial(short="test_nobody_could_complain_about")
@pytest.mark.parametrize("how", LOOKS, ids=lambda how: f"{how['size'][0]} {how['language']} {how['theme']}")
@pytest.mark.parametrize("name", PAGES)
def test_nobody_could_complain_in_any_look_about(name, how, live, admin, look):
    assert is_a_page(admin, "/account/"), "the administrator could not sign in"
    for path in paths_of(live.app, name):
        if is_a_page(admin, path):
            look(path, **how)


@pytest.mark.trial(short="test_nobody_could_complain_about")
@pytest.mark.parametrize("anywhere", ["firefox", "webkit"], indirect=True)
def test_nobody_could_complain_in_another_browser(anywhere, live, admin, visit_anywhere):
    page = visit_anywhere("/")
    faults = {}
    for path in (path for name in PAGES for path in paths_of(live.app, name) if is_a_page(admin, path)):
        page.watched.begin()
        page.goto(path)
        faults[path] = page.watched.faults()
    assert {path: found for path, found in faults.items() if found} == {}


def test_nobody_could_complain_about_home_after_an_act_for_a_customer(visit):
    page = visit("/s/demo/customers/")
    page.fill("main input[name=who]", "sam.suppressed@example.com")
    page.press("main input[name=who]", "Enter")
    page.get_by_label("What was said").fill("Asked for a bell.")
    with after_swap(page):
        page.get_by_role("button", name="Log it").click()
    page.watched.begin()
    page.goto("/s/demo/")
    assert page.locator(".row-note > a").count()
    assert page.watched.faults() == []


def test_nobody_could_complain_about_signing_in(look):
    for size in (WIDE, PHONE):
        look("/account/sign-in", role=None, size=size)


def test_every_look_has_its_turn(live):
    looks = [look_of(path) for name in PAGES for path in paths_of(live.app, name)]
    assert [how for how in LOOKS if how not in looks] == []
