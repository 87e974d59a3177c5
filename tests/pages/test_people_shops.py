"""People per shop: a role for each, and what somebody was not given is not there for them, at any address."""

import re

import pytest
from sqlalchemy import select

from app.store import people, shops, works
from app.store.acts import Act, done_at_once
from app.store.people import Person, Role
from app.work.acting import MayNot, acting
from app.work.kinds import KINDS
from tests.house.test_pages import sample, views

NAME = "Zanzibar Boots"


@pytest.fixture
def give(desk):
    """Say in which shops somebody may work: give("support", demo="", second="viewer")."""

    def give(role, **roles):
        with desk.writing() as db:
            numbers = {shop.slug: str(shop.id) for shop in shops.every(db)}
            person = people.by_email(db, f"{role}@desk46.test")
            person.shop_roles = {numbers[slug]: as_what for slug, as_what in roles.items()}

    return give


def addresses(app, slug, method):
    """Every address of a shop that takes a method."""
    for rule in views(app).values():
        if "shop" in rule.arguments and method in rule.methods:
            values = {name: sample(rule._converters[name]) for name in rule.arguments} | {"shop": slug}
            yield app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


@pytest.mark.parametrize("role", ["viewer", "support", "marketer"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_of_a_shop_opens_for_whoever_was_not_given_it(app, someone, give, role, method):
    give(role, demo="")
    visitor = someone(role)
    token = visitor.token()
    data = {"csrf_token": token} if method == "POST" else None
    answers = {
        path: visitor.client.open(path, method=method, data=data).status_code
        for path in addresses(app, "second", method)
    }
    assert len(answers) > 50
    assert {path: status for path, status in answers.items() if status != 404} == {}


@pytest.mark.parametrize("role", ["viewer", "support", "marketer"])
def test_its_name_stands_on_no_page(app, desk, someone, give, role):
    give(role, demo="")
    with desk.writing() as db:
        db.get_one(shops.Shop, 2).name = NAME
        db.add_all(
            done_at_once(Act(person="Admin", person_id=99, what="shops.Edit", shop_id=shop, after={"name": NAME}))
            for shop in (None, 2)
        )
    visitor = someone(role)
    paths = [path for path in addresses(app, "demo", "GET") if not re.search(r"/(x|1)(/|$)|\.csv", path)]
    outside = ["/", "/account/", "/reference/", "/s/demo/trail/?as=csv"]
    told = [path for path in [*paths, *outside] if NAME in visitor.client.get(path).get_data(as_text=True)]
    assert told == []
    assert visitor.post("/shops/switch", {"csrf_token": visitor.token(), "shop": "2"}).status == 404


def test_an_act_of_the_desk_is_shown_to_administrators_and_to_whoever_did_it(desk, agent, admin, marketer):
    with desk.writing() as db:
        number = db.scalar(select(Person.id).where(Person.role == "support"))
        db.add(done_at_once(Act(id=900, person="Support", person_id=number, what="account.Password")))
    assert [visitor.get("/trail/900").status for visitor in (admin, agent, marketer)] == [200, 200, 404]


def test_a_role_is_one_in_a_shop(someone, give):
    give("support", demo="viewer", second="marketer")
    visitor = someone("support")
    assert visitor.get("/s/demo/segments/add").status == 403
    assert visitor.get("/s/second/segments/add").status == 200
    assert visitor.get("/s/demo/imports/new").status == 403
    assert visitor.get("/s/second/imports/new").status == 200


def test_a_role_that_was_changed_counts_from_the_next_click(someone, give):
    visitor = someone("marketer")
    assert visitor.get("/s/second/").status == 200
    give("marketer", demo="")
    assert visitor.get("/s/second/").status == 404
    give("marketer", second="")
    assert visitor.get("/").full_path.startswith("/s/second/")
    give("marketer")
    page = visitor.get("/")
    assert "You were not given a shop yet" in page.text
    assert NAME not in page.html


def test_an_administrator_gives_shops_in_the_form(desk, admin, someone):
    page = admin.get("/people/").follow("Viewer").press("Save Viewer", shop_1="support", shop_2="none")
    assert page.row("Viewer")[3] == "Demo (Support)"
    with desk.reading() as db:
        assert people.by_email(db, "viewer@desk46.test").shop_roles == {"1": "support"}
    visitor = someone("viewer")
    assert visitor.get("/s/second/").status == 404
    assert visitor.get("/s/demo/").status == 200
    assert "Support" not in admin.get("/trail/").follow("Changed a person").messages


def test_a_form_that_says_nothing_of_shops_gives_none(desk, admin):
    admin.post("/people/add", {"csrf_token": admin.token(), "name": "O", "email": "o@desk46.test", "role": "viewer"})
    with desk.reading() as db:
        assert people.by_email(db, "o@desk46.test").shop_roles == {}


def test_a_new_shop_is_seen_by_administrators_alone_until_it_is_given(desk, settings, admin, agent):
    with desk.writing() as db:
        shops.ensure(db, name="Third", shop_id="third", secret="x", key=settings.key)
    assert admin.get("/s/third/").status == 200
    assert agent.get("/s/third/").status == 404


def test_work_goes_on_only_in_shops_of_its_person(app, desk, give):
    kind = next(iter(KINDS))
    with desk.reading() as db:
        number = db.scalar(select(Person.id).where(Person.role == "marketer"))
    work = works.Work(kind=kind, person_id=number, shop_id=2, key="x")
    give("marketer", demo="")
    with pytest.raises(MayNot), acting(app, work, KINDS[kind]):
        pass


def test_a_second_factor_is_demanded_for_a_role_in_any_shop(desk, admin, someone, give):
    give("viewer", demo="", second="support")
    admin.get("/people/").press("Save", within="#demand", roles=["support"])
    assert someone("viewer").get("/").h1 == "Set up a second factor"


@pytest.mark.parametrize(
    ("role", "shop_roles", "where", "expected"),
    [
        ("viewer", {"1": ""}, 1, "viewer"),
        ("viewer", {"1": "support"}, 1, "support"),
        ("viewer", {"1": ""}, 2, None),
        ("viewer", {"11": ""}, 1, None),
        ("admin", {}, 2, "admin"),
        ("admin", {"2": "viewer"}, 2, "admin"),
    ],
)
def test_the_role_in_a_shop(role, shop_roles, where, expected):
    person = Person(role=role, shop_roles=shop_roles)
    assert person.role_in(where) == expected
    person.in_shop = where
    assert person.may(frozenset({Role.SUPPORT})) == (expected in {"support", "admin"})
