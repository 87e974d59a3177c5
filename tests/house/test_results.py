"""Whatever a form does, its answer stands under a GET address that tells nothing: loading it again sends nothing again.

Refusals (4xx, 5xx) stay where they are, files are no pages, and parts for htmx leave the address as it is.
"""

from urllib.parse import unquote, urlsplit

from sqlalchemy import func, select

from app.store.acts import Act
from tests.house.test_other_shops import of_first_shop  # noqa: F401  # a fixture
from tests.house.test_pages import sample, views
from tests.house.test_shop_of_the_url import VALUES, by_address, forms_of, with_values

TELLING = ("@", "79160000002", "9160000002", "kowalska")  # of the people in VALUES
SEEN_ONCE = "/people/"  # a link to choose a password by
ENDS_THE_SESSION = ("/account/sign-", "/account/choose-password")


def outside_shops(app, admin):
    """Every form of the pages that belong to no shop, and every address there that takes one."""
    for rule in views(app).values():
        values = {name: sample(rule._converters[name]) for name in rule.arguments}
        if "shop" in rule.arguments or "POST" not in rule.methods:
            continue
        path = app.url_map.bind("localhost").build(rule.endpoint, values)
        yield path, VALUES
        if "GET" in rule.methods:
            for form in admin.get(path).tree.cssselect("main form[method=post]"):
                yield form.get("action") or path, with_values(form)


def acts(desk):
    with desk.reading() as db:
        return db.scalar(select(func.count()).select_from(Act))


def test_no_form_is_answered_with_a_page_that_loading_again_would_send_again(app, desk, admin, of_first_shop):  # noqa: F811  # the fixture
    token, kept = admin.token(), set()
    answered = 0
    for action, data in [*forms_of(admin), *by_address(app, of_first_shop), *outside_shops(app, admin)]:
        if action.startswith(ENDS_THE_SESSION):
            continue
        answer = admin.client.post(action, data=data | {"csrf_token": token})
        answered += 1
        if answer.status_code >= 400 or "attachment" in answer.headers.get("Content-Disposition", ""):
            continue
        assert answer.status_code in {302, 303}, (action, answer.status)
        where = unquote(answer.location)
        assert not [text for text in TELLING if text in where], (action, where)
        if "/results/" in where:
            kept.add(urlsplit(where).path)
            before = acts(desk)
            first, again = admin.get(where), admin.get(where)
            assert first.status == 200, action
            assert again.status == (404 if action.startswith(SEEN_ONCE) else 200), (action, again.status)
            assert again.status == 404 or again.h1 == first.h1
            assert acts(desk) == before, action
    assert answered > 100
    assert len(kept) > 5
