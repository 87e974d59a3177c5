"""What holds for every page, whoever builds it: found in the URL map and in the folders, never in a list."""

import re

import pytest
from werkzeug.routing import AnyConverter, IntegerConverter

from app.engine.store.shops import Shop as BoxShop
from app.store import shops
from app.store.people import Role
from app.web.page import EVERYONE, Page
from tests.house.repository import ROOT, name_of, under

# Seen without signing in; each of them tells nothing and changes nothing of the desk.
OPEN = {
    "account.by_link",  # for whoever has a link to choose a password by
    "account.language",
    "account.open_link",
    "account.single_sign_on",  # lead to the company's own provider and back
    "account.single_sign_on_back",
    "account.second_step",  # for whoever came with the right password
    "account.sign_in",
    "account.theme",
    "asset",
    "catalogue.told",  # for whoever knows the secret address of an import
    "health.live",
    "health.metrics",  # for whoever has its token
    "health.ready",
    "reference.openapi",
    "static",
}
# A viewer may send these forms: they look something up, or change only what the viewer sees.
VIEWERS_MAY_POST = {
    "approvals.allowance",  # asks a second person for an hour beyond a budget, and says why
    "approvals.say_why",
    "promo_codes.search_ledger",
    "account.add_passkey",
    "account.begin_second_factor",
    "account.passkey",
    "account.remove_passkey",
    "account.choose_password",
    "account.confirm",
    "account.confirm_second_factor",
    "account.end_other",
    "account.end_others",
    "account.end_second_factor",
    "account.index",
    "account.new_recovery_codes",
    "account.notices",
    "account.password",
    "exports.add",
    "account.sign_out",
    "communications.find",
    "customers.bulk",
    "customers.find",
    "customers.reveal",
    "customers.timeline",
    "messages.find",
    "overview.pin",
    "overview.save",
    "shops.switch",
    "styleguide.index",
}
# Pages about something that their address has to name, and what a setting opens.
NOTHING_CHOSEN = {
    ("exports.offer", 404),
    ("links.renew", 404),
    ("health.metrics", 404),
    ("account.by_link", 410),
    ("messages.letter", 404),
}
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
ENDPOINT = re.compile(r"""(?:url_for|redirect_to|go|may)\(\s*["'](\.?\w+(?:\.\w+)?)["']""")


def views(app):
    """Each view once, with a path that leads to it."""
    return {rule.endpoint: rule for rule in app.url_map.iter_rules()}


def path_to(app, rule):
    values = {name: sample(rule._converters[name]) for name in rule.arguments} | {"shop": "demo"}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def sample(converter):
    match converter:
        case AnyConverter():
            return min(converter.items)
        case IntegerConverter():
            return 1
    return "x"


def test_every_view_needs_a_person_or_is_excused_here(app):
    found = {name for name, view in app.view_functions.items() if getattr(view, "open_to_all", False)} | {"static"}
    assert found == OPEN & (app.view_functions.keys() | {"static"})


def test_a_stranger_is_sent_to_sign_in_by_every_other_view(app):
    client = app.test_client()
    let_in = []
    for endpoint, rule in views(app).items():
        if endpoint in OPEN:
            continue
        for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}:
            answer = client.open(path_to(app, rule), method=method)
            if not is_turned_away(answer):
                let_in.append(f"{method} {rule.rule}: {answer.status}")
    assert not let_in, "\n".join(let_in)


def is_turned_away(answer):
    if answer.status_code in {302, 303}:
        return answer.location.startswith("/account/sign-in")
    return answer.status_code in {400, 401, 403}  # 400: no CSRF token, so it was not even asked who it is


def test_every_view_belongs_to_a_page_or_is_open(app):
    homeless = [
        endpoint
        for endpoint in views(app)
        if endpoint not in OPEN and not isinstance(app.blueprints.get(endpoint.rpartition(".")[0]), Page)
    ]
    assert homeless == []


def test_every_page_says_who_may_see_it_and_who_may_act(app):
    pages = [page for page in app.blueprints.values() if isinstance(page, Page)]
    assert pages
    roles = frozenset(Role)
    assert [page.name for page in pages if not (page.sees <= roles and page.acts <= roles)] == []


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_of_a_role_does_not_scroll(app, role):
    """At most 12 lines at 1280 x 800: leave a page to "All pages" (`menu_of`) rather than let the menu grow."""
    shown = [page.name for page in app.blueprints.values() if isinstance(page, Page) and role in page.menu_of]
    ways_on = 2 if role == Role.ADMIN else 1  # all pages, administration
    assert len(shown) + ways_on <= 12, shown


def test_a_viewer_can_change_nothing(app, viewer):
    let_in = []
    for endpoint, rule in views(app).items():
        if endpoint in OPEN | VIEWERS_MAY_POST or "POST" not in rule.methods:
            continue
        answer = viewer.client.post(path_to(app, rule), data={"csrf_token": viewer.token()})
        if answer.status_code not in {403, 404}:
            let_in.append(f"POST {rule.rule}: {answer.status}")
    assert not let_in, "\n".join(let_in)


def plain_paths(app, slug):
    """Pages that need nothing but their shop, by their name."""
    return {
        endpoint: rule.rule.replace("<shop>", slug)
        for endpoint, rule in views(app).items()
        if "GET" in rule.methods and not rule.arguments - {"shop"} and endpoint != "static"
    }


def open_empty_shop(box, desk, key):
    """A shop that was opened this minute: at REES46 and at the desk."""
    with box.extensions["db"].writing() as db:
        db.add(BoxShop(shop_id="empty", secret="empty-secret", name="Empty"))
    with desk.writing() as db:
        return shops.ensure(db, name="Empty", shop_id="empty", secret="empty-secret", key=key).slug


@pytest.mark.parametrize("shop", ["full", "empty"])
def test_every_page_opens_on_a_full_and_on_an_empty_shop(app, box, desk, settings, admin, shop):
    slug = "demo" if shop == "full" else open_empty_shop(box, desk, settings.key)
    paths = plain_paths(app, slug)
    broken = {(name, page.status) for name, path in paths.items() if (page := admin.get(path)).status >= 400}
    assert broken == NOTHING_CHOSEN


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_every_page_in_the_menu_opens_for_those_who_are_shown_it(someone, role):
    visitor = someone(role)
    links = {link.get("href") for link in visitor.get("/").tree.cssselect("nav a[href^='/']")}
    refused = {link: page.status for link in links if (page := visitor.get(link)).status >= 400}
    assert links
    assert refused == {}


def test_every_address_that_is_named_exists(app, box):
    unknown = [
        f"{name_of(path)}: {name}"
        for path in under("templates", ".html") + under("app/pages", ".py") + under("app/web", ".py")
        for name in ENDPOINT.findall(COMMENT.sub("", path.read_text()))
        if (f"{page_of(path)}{name}" if name.startswith(".") else name)
        not in (box.view_functions if "box" in path.parts else app.view_functions)
    ]
    assert not unknown, "\n".join(unknown)


def page_of(path):
    """The page that a relative address is relative to: templates/<page>/…, app/pages/<page>/…"""
    parts = path.relative_to(ROOT).parts
    return parts[2] if parts[0] == "app" else parts[1]


def folders():
    return sorted(path.name for path in (ROOT / "app/pages").iterdir() if (path / "__init__.py").exists())


@pytest.mark.parametrize("name", folders())
def test_every_page_has_templates_and_tests(name):
    renders = any("render(" in path.read_text() for path in under(f"app/pages/{name}", ".py"))
    assert list((ROOT / "templates" / name).glob("*.html")) or not renders, f"templates/{name}/ is empty"
    tests = [*(ROOT / "tests/pages").glob(f"test_{name}*.py"), *(ROOT / "tests/pages" / name).glob("test_*.py")]
    assert tests, f"tests/pages/{name}/ is empty"


def test_every_icon_of_a_page_is_installed(app):
    sprite = (ROOT / "static/vendor/icons.svg").read_text()
    missing = [
        page.name for page in app.blueprints.values() if isinstance(page, Page) and f'id="{page.icon}"' not in sprite
    ]
    assert missing == [], "Is it an icon of lucide? Then `python tools/assets.py` (or ./setup) brings it"
