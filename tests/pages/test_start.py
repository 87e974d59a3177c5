"""Where somebody begins whose address names no shop."""

import pytest

from app.store import shops


def where(answer):
    return answer.status_code, answer.location


def test_the_front_door_leads_to_the_shop_that_was_chosen_last(admin):
    assert where(admin.client.get("/")) == (302, "/s/demo/")
    admin.post("/shops/switch", {"shop": "2"})
    assert where(admin.client.get("/")) == (302, "/s/second/")


def test_it_is_chosen_for_other_browsers_too(someone):
    someone("admin").post("/shops/switch", {"shop": "2"})
    assert where(someone("admin").client.get("/")) == (302, "/s/second/")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/trail/", "/s/second/trail/"),
        ("/trail/7", "/s/second/trail/7"),
        ("/trail", "/s/second/trail"),
        ("/trail/?what=a%26b&x=%D1%8F", "/s/second/trail/?what=a%26b&x=%D1%8F"),
        ("/links/ab%3Fc", "/s/second/links/ab%3Fc"),
        ("/palette", "/s/second/palette"),
    ],
)
def test_an_address_of_before_leads_to_the_same_page_in_the_shop_to_begin_with(app, admin, cookies, old, new):
    admin.post("/shops/switch", {"shop": "2"})
    assert where(bare(app, cookies["admin"]).get(old)) == (302, new)


def bare(app, cookies):
    """A client that puts no shop before an address."""
    client = type(app.test_client()).__bases__[0](app, app.response_class)
    for name, value in cookies.items():
        client.set_cookie(name, value)
    return client


@pytest.mark.parametrize("path", ["/segments/add", "/links/shorten", "/trail/7", "/customers/find"])
def test_a_form_without_a_shop_is_taken_nowhere(app, admin, cookies, path):
    answer = bare(app, cookies["admin"]).post(path, data={"csrf_token": admin.token()})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/nothing", "/s/", "/s/demo/nothing", "/s/nothing/trail/", "/s/Demo/", "/s//trail/"])
def test_what_is_no_page_is_not_found(app, cookies, path):
    assert bare(app, cookies["admin"]).get(path, follow_redirects=True).status_code == 404


def test_a_shop_that_is_not_in_use_is_not_found(desk, admin):
    with desk.writing() as db:
        shops.every(db)[1].active = False
    assert {path: admin.get(path).status for path in ("/s/second/", "/s/second/trail/")} == {
        "/s/second/": 404,
        "/s/second/trail/": 404,
    }
    assert admin.post("/s/second/customers/find", {"who": "x"}).status == 404
    assert admin.post("/shops/switch", {"shop": "2"}).status == 404


@pytest.mark.parametrize("path", ["/trail/7", "/s/demo/trail/7", "/s/nothing/trail/7"])
def test_a_stranger_signs_in_first_and_learns_nothing_of_shops(app, stranger, path):
    answer = bare(app, {}).get(path)
    assert answer.status_code == 302
    assert answer.location == f"/account/sign-in?next={path.replace('/', '%2F')}"
    assert "/s/demo" not in stranger.get("/account/sign-in").html


def test_a_first_visit_shows_the_sign_in_and_nothing_to_be_sorry_for(stranger):
    page = stranger.get("/")
    assert page.path == "/account/sign-in"
    assert page.messages == ""
    assert page.answer.request.query_string == b""


@pytest.mark.parametrize(
    ("only_for_forms", "above"),
    [
        ("/account/password", "/account"),
        ("/account/second-factor/begin", "/account/second-factor"),
        ("/account/sign-out", "/account"),
        ("/s/demo/products/blocks/drop?id=1", "/s/demo/products"),
        ("/people/2/password", "/people/2"),
        ("/shops/switch", "/shops"),
    ],
)
def test_an_address_that_only_takes_a_form_leads_to_the_page_above_it(admin, only_for_forms, above):
    assert where(admin.client.get(only_for_forms)) == (303, above)


def test_an_address_that_only_takes_a_form_stays_one_for_machines_and_strangers(app, admin):
    assert admin.client.get("/account/password", headers={"HX-Request": "true"}).status_code == 405
    assert app.test_client().get("/account/password").status_code == 405
    assert admin.client.put("/account/password").status_code == 405


def test_after_a_refused_form_another_language_leads_to_a_page(admin):
    refused = admin.get("/account/").press("Change password", old="wrong", new="short", again="short")
    assert (refused.path, refused.status) == ("/account/password", 422)
    answer = admin.client.post(
        "/account/language",
        data={"language": "en", "csrf_token": admin.token()},
        headers={"Referer": f"http://localhost{refused.path}"},
        follow_redirects=True,
    )
    assert (answer.request.path, answer.status_code) == ("/account/", 200)
