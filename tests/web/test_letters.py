"""What mail programs trip over is named, and pushes are drawn with their payloads and limits."""

import json

import pytest

from app.web.messaging import letters
from app.web.messaging.shown import shown

WHOLE = '<style>@media (prefers-color-scheme: dark) {}</style><p>Hi <a href="https://a.example/x">see it</a></p>'


@pytest.fixture
def check(app):
    def check(html, subject="Hello", plain="Hi"):
        with app.test_request_context():
            return letters.check(subject, html, plain)

    return check


def test_a_sound_letter_has_nothing_to_remark(check):
    found = check(WHOLE)
    assert found.remarks == []
    assert [(link.url, link.text) for link in found.links] == [("https://a.example/x", "see it")]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<a href="#">go</a>', "“go” leads nowhere."),
        ("<a>go</a>", "“go” leads nowhere."),
        ('<a href="http://a.example">go</a>', "“http://a.example” is not https."),
        ('<a href="/cart">go</a>', "“/cart” is no address that a mail program can open."),
        ('<a href="javascript:alert(1)">go</a>', "“javascript:alert(1)” is no address that a mail program can open."),
        ('<a href="https://a.example"></a>', "The link to https://a.example has no words."),
        ('<img src="https://a.example/x.png">', "1 picture has no words for where it is not shown (alt)."),
        ('<img alt="">', "A picture has no address."),
        ('<img alt="" src="http://a.example/x.png">', "A picture is not https: programs warn of it or leave it out."),
        ("<script>1</script>", "It has a script: mail programs take it out."),
        ("<p>Hi</p>", "It says nothing of dark colours: programs may turn its colours round by themselves."),
        ("x" * 103 * 1024, "It has 103 KB; Gmail cuts letters off after 102."),
    ],
)
def test_what_readers_stumble_over_is_named(check, html, words):
    assert words in check(html).remarks


def test_subject_and_plain_text_are_looked_at(check):
    assert "It has no subject." in check(WHOLE, subject=" ").remarks
    assert any("79 characters" in words for words in check(WHOLE, subject="x" * 79).remarks)
    found = check(f"<head><title>T</title></head><body><h1>One</h1>{WHOLE}<ul><li>Two</ul></body>", plain="")
    assert any("no plain text of its own" in words for words in found.remarks)
    assert found.text.split() == ["One", "Hi", "see", "it", "Two"]


def test_an_alt_text_makes_the_words_of_a_link(check):
    found = check('<a href="https://a.example"><img src="https://a.example/x.png" alt="Shop"></a>')
    assert found.links[0].text == "Shop"
    assert [picture.is_remote for picture in found.pictures] == [True]


def test_pushes_are_drawn_with_exact_payloads_and_limits(app):
    with app.test_request_context():
        found = shown({"push_title": "Hi", "push": "x" * 200, "push_event": "product", "push_url": "1012"}, code="c1")
        ios, android = found.pushes["mobile_push"]
    assert json.loads(ios.payload)["event"] == {"type": "product", "uri": "1012"}
    assert json.loads(android.payload)["id"] == "c1"
    assert [(bar.name, bar.used, bar.is_over) for bar in ios.bars[:2]] == [("Title", 2, False), ("Text", 200, True)]
    assert ios.bars[-1].most == 4096


def test_only_what_a_copy_has_is_shown(app):
    with app.test_request_context():
        assert shown({}).is_empty
        assert shown({"web_title": "Hi", "web_body": "There"}).pushes["web_push"][0].service == "Web Push"
        assert shown({"push": "a", "push_payload": "[1]"}).odd_payload == "It is no object."


def test_the_frame_of_a_letter_may_do_nothing(app):
    with app.test_request_context():
        answer = letters.framed("<p>Hi</p>")
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")
