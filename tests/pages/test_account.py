"""Signing in and out, passwords, language."""

from tests.furnishing import PASSWORD
from tests.page import sign_in


def test_a_page_wants_a_person_and_leads_back_after_signing_in(stranger):
    page = stranger.get("/trail/")
    assert page.h1 == "Sign in"
    assert page.press("Sign in", email="viewer@desk46.test", password=PASSWORD).h1 == "Audit trail"


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(stranger):
    said = []
    for email in ("viewer@desk46.test", "nobody@desk46.test"):
        page = stranger.get("/account/sign-in").press("Sign in", email=email, password="wrong")
        assert page.status == 422
        said.append(page.errors)
    assert said[0] == said[1] == ["E-mail or password is wrong."]


def test_signing_in_never_leads_to_another_site(app):
    for target in ("https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"):
        client = app.test_client()
        page = sign_in(client, "viewer@desk46.test", PASSWORD)
        answer = page.client.get("/account/sign-in", query_string={"next": target})
        assert answer.headers["Location"] == "/"


def test_an_htmx_request_of_somebody_signed_out_gets_no_page(stranger):
    assert stranger.htmx("/home/state").status == 404
    page = stranger.htmx("/blocks/promo-codes-running-low")
    assert (page.status, page.html) == (401, "")


def test_a_new_password_signs_out_everywhere_else(app, agent):
    other = sign_in(app.test_client(), "support@desk46.test", PASSWORD)
    page = agent.get("/account/").press(
        "Change password", old=PASSWORD, new="another long one", again="another long one"
    )
    assert "Your password is changed" in page.messages
    assert agent.get("/").status == 200
    assert other.get("/").h1 == "Sign in"


def test_a_short_password_is_refused_in_words(agent):
    page = agent.get("/account/").press("Change password", old=PASSWORD, new="short", again="short")
    assert "Use at least 10 characters." in page.errors


def test_the_desk_speaks_russian_when_asked(agent):
    page = agent.get("/account/").press("Save preferences", language="ru")
    assert page.dom.html["lang"] == "ru"
    assert page.h1 == "Ваша учётная запись"


def test_a_post_without_its_token_changes_nothing(agent):
    answer = agent.client.post("/account/password", data={"old": PASSWORD, "new": "x" * 12, "again": "x" * 12})
    assert answer.status_code == 400
    assert "too old" in answer.get_data(as_text=True)


def test_every_answer_carries_the_policy_and_is_not_kept(agent, stranger):
    for visitor, path in ((agent, "/"), (stranger, "/account/sign-in"), (agent, "/nowhere")):
        headers = visitor.get(path).answer.headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["Cache-Control"] == "no-store"
