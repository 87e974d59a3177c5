"""The shop stands in the URL: a page reads it from there and nowhere else, and a form acts in the shop of its page."""

import re
from itertools import islice, product

from app.store.base import Base
from app.web.page import Page
from tests.house.repository import name_of, under
from tests.house.test_nonsense_in_forms import walk
from tests.house.test_other_shops import of_first_shop, sample  # noqa: F401  # a fixture
from tests.page import filled

CHOOSER = "app/web/shops.py"
# What a person chose to begin with is read by the chooser, and led to by the front door and by the frame.
READS_THE_CHOICE = re.compile(r"\bBEGIN\b|begin_in_shop|(current_user|me\(\)|person)\.shop_id")
LEADS_TO_THE_CHOICE = re.compile(r"\b(where_to_begin|shown_shop)\b")
FRAME = {
    CHOOSER,
    "app/web/frame.py",
    "app/web/menu.py",
    "app/web/panels/call_panel.py",
    "app/web/sign_in/access.py",  # offers what may be done in the shop that addresses lead to
    "app/pages/start/views.py",
    "app/pages/reference/views.py",  # shows samples with the ID of the shop that its frame names, and sends nothing
}
GETS_THE_SHOP = re.compile(r"from app\.web\.shops import .*\bshop\b|app\.web\.(loaders|settling|customers)")
# What forms ask for, by the name of the field.
VALUES = {
    "who": "anna.kowalska@example.com",
    "email": "anna.kowalska@example.com",
    "phone": "+79160000002",
    "segment_id": "313",
    "segment": "313",
    "name": "Autumn",
    "purpose": "x",
    "owner": "x",
    "reason": "A good reason",
    "note": "x",
    "list": "3184",
    "list_id": "3184",
    "codes": "AAA-BBB-1\nAAA-BBB-2",
    "urls": "https://shop.example/a",
    "content": "x",
    "subject": "x",
    "text": "x",
    "code": "x",
    "sure": "y",
    "outcome": "done",
    "value": "a@x.example",
}
PAGES = 40


def lines(folder, pattern):
    return {name_of(path) for path in under(folder, ".py") if pattern.search(path.read_text())}


def test_only_the_chooser_reads_what_was_chosen_to_begin_with():
    written = {"app/pages/shops/views.py"}  # which writes it
    assert lines("app/web", READS_THE_CHOICE) | lines("app/pages", READS_THE_CHOICE) - written == {CHOOSER}
    assert lines("app/web", LEADS_TO_THE_CHOICE) | lines("app/pages", LEADS_TO_THE_CHOICE) == FRAME


def test_a_page_of_no_shop_asks_for_none(app):
    outside = [page for page in app.blueprints.values() if isinstance(page, Page) and not page.in_shop]
    assert {"account", "people", "shops", "health", "reference"} <= {page.name for page in outside}
    assert [page.name for page in outside if lines(f"app/pages/{page.name}", GETS_THE_SHOP)] == []


def forms_of(admin):
    """Every form that a walk through the pages of the shop in tab A meets, with what it would send."""
    anna = admin.get("/s/demo/customers/").press("Find", within="main", who=VALUES["who"]).full_path
    met = set()
    for page in islice(walk(admin, "/s/demo/", anna), PAGES):
        for form in page.tree.cssselect("form[method=post]"):
            action = form.get("action") or page.full_path
            if action in met:
                continue
            met.add(action)
            for button in form.cssselect("button[formaction], button[name]") or [{}]:
                data = with_values(form)
                if button.get("name"):
                    data[button.get("name")] = button.get("value", "")
                yield button.get("formaction") or action, data


def with_values(form):
    """What a form sends, with a value in each field that VALUES has one for."""
    names = form.xpath("descendant::*/@name")
    return filled(form) | {name: value for name, value in VALUES.items() if name in names}


def of_shop(desk, number):
    """All that the desk has of a shop, table by table."""
    with desk.reading() as db:
        rows_of_others = {"shops", "people"}  # where a person begins
        tables = [
            table for table in Base.metadata.sorted_tables if "shop_id" in table.c and table.name not in rows_of_others
        ]
        return {table.name: db.query(table).filter(table.c.shop_id == number).all() for table in tables}


def routes_that_act(app):
    return {rule.endpoint for rule in app.url_map.iter_rules() if "shop" in rule.arguments and "POST" in rule.methods}


def test_every_form_of_one_tab_acts_in_its_own_shop_after_another_tab_switched(app, desk, admin, of_first_shop):  # noqa: F811  # the fixture
    token, before = admin.token(), of_shop(desk, 2)
    forms = list(forms_of(admin))
    outside = ("/account/", "/brakes/", "/doctor/", "/people/", "/schedules/", "/shops/switch")
    assert all(action.startswith(("/s/demo/", *outside)) for action, _data in forms)
    addresses, sent = app.url_map.bind("localhost"), set()
    admin.post("/shops/switch", {"shop": "2"})  # in tab B
    for action, data in [*forms, *by_address(app, of_first_shop)]:
        if action.startswith("/s/"):
            answer = admin.client.post(action, data=data | {"csrf_token": token})
            assert answer.status_code < 500, action
            assert not (answer.location or "").startswith("/s/second"), action
            sent.add(addresses.match(action.partition("?")[0], method="POST")[0])
    assert sent == routes_that_act(app)
    assert of_shop(desk, 2) == before, "something was done in the shop of the other tab"
    done = {act.what for act in of_shop(desk, 1)["acts"]}
    assert {"segments.Add", "segments.Remove", "messages.Sms", "promo_codes.Fetch", "promo_codes.Upload"} <= done


def by_address(app, of_first_shop):  # noqa: F811  # the fixture's value
    """Every address that takes a form, with the name of a row in it: the walk does not meet them all."""
    for rule in app.url_map.iter_rules():
        if "shop" not in rule.arguments or "POST" not in rule.methods:
            continue
        others = {name: sample(rule._converters[name]) for name in rule.arguments} | {"shop": "demo"}
        names = sorted(rule.arguments & {"key", "number"})
        for values in product(*(of_first_shop[name] for name in names)):
            named = dict(zip(names, values, strict=True))
            yield app.url_map.bind("localhost").build(rule.endpoint, others | named), VALUES
