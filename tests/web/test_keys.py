"""The secret key is replaced while people work: what their browsers hold goes on."""

from app import create_app
from tests.furnishing import settings_in
from tests.page import Visitor


def test_a_form_that_was_opened_before_is_taken_and_nobody_signs_in_anew(settings, box, admin):
    before = admin.get("/account/")
    there = create_app(settings_in(settings.var, secret_key=f"new,{settings.secret_key}"), box)
    client = there.test_client()
    for cookie in admin.cookies():
        client.set_cookie(cookie.key, cookie.value)
    then = Visitor(client)
    assert then.get("/account/").h1 == before.h1
    answer = client.post("/account/theme", data={"theme": "dark", "csrf_token": admin.token()})
    assert answer.status_code in {204, 302, 303}
    without = create_app(settings_in(settings.var, secret_key="new"), box).test_client()
    for cookie in then.cookies():
        without.set_cookie(cookie.key, cookie.value)
    assert Visitor(without).get("/account/").h1 == before.h1
