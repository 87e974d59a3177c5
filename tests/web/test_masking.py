"""Contacts and codes are masked for some roles, in one place: on pages, fragments, files, JSON and logs alike."""

import re
import time

import pytest
from sqlalchemy import select

from app.store.acts import Act, done_at_once
from app.store.exchanges import Exchange
from app.web.cells.emails import read_email
from app.web.customers.parse import readings
from app.web.masking import without_contacts
from tests.house.test_pages import sample, views

ANNA, PHONE = "anna.kowalska@example.com", "+79161234567"
LEAKS = (ANNA, "anna.kowalska%40", "79161234567", "916 123-45-67", "(916) 123", "SECRET-CODE-1")


@pytest.fixture
def masked(app, settings):
    app.extensions["settings"] = settings.model_copy(update={"masked": "viewer,marketer"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Write to {ANNA}.", "Write to a•••@example.com."),
        ("anna%40example.com", "a•••@example.com"),
        ("o&#39;neil@example.com", "o•••@example.com"),
        ("иван@пример.рф", "и•••@пример.рф"),
        (f'<td title="{ANNA}">', '<td title="a•••@example.com">'),
        ('<a href="mailto:anna@example.com">', '<a href="mailto:a•••@example.com">'),
        (PHONE, "••• 4567"),
        ("+7 916 123-45-67", "••• 4567"),
        ("+7 (916) 123-45-67", "••• 4567"),
        ("8 (916) 123-45-67", "••• 4567"),
        ("%2B79161234567", "••• 4567"),
        ("%2B7%20916%20123-45-67", "••• 4567"),
        ("+7.916.123.45.67", "••• 4567"),
        ("+7/916/1234567", "••• 4567"),
        ("8-916-123-45-67", "••• 4567"),
        ("7 916 123 45 67", "••• 4567"),
        ("8 916\u2011123\u201145\u201167", "••• 4567"),
        ("call 916 123-45-67 now", "call ••• 4567 now"),
        ("(916) 123-45-67.", "••• 4567."),
        ('"phone": "79161234567"', '"phone": "••• 4567"'),
        ("+49 30 1234567", "••• 4567"),
        ('{"code": "SECRET-CODE-1"}', '{"code": "S•••"}'),
        ("&#34;code&#34;: &#34;SECRET&#34;", "&#34;code&#34;: &#34;S•••&#34;"),
    ],
)
def test_a_contact_is_hidden_in_every_writing(text, shown):
    assert without_contacts(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-28 08:14:26",
        "1 234 567 ₽",
        "192.168.12.34",
        "916-123-45-67-8",
        "2026-11-28 12 30",
        "order 100500",
        '<a href="/s/demo/customers/79161234567a">',
        '<input id="79161234567" name="79161234567">',
        '<path d="M10 10 79161234567">',
        "segment 313, 10,000 rows",
        "d41d8cd98f00b204e9800998ecf8427e",
        "0123456789",
        "a @ b",
        "3.14159265358979",
    ],
)
def test_what_is_no_contact_stays(text):
    assert without_contacts(text) == text


def test_what_was_typed_into_this_request_stays():
    assert without_contacts(f"{ANNA} {PHONE} zoe@example.com", [ANNA, "8 916", "+7 916 123 45 67"]) == (
        f"{ANNA} {PHONE} z•••@example.com"
    )


def told(desk):
    """Contacts and a code in the trail and in the request log."""
    with desk.writing() as db:
        asked = {"email": ANNA, "phone": PHONE}
        act = done_at_once(
            Act(person="x", what="profile.Set", shop_id=1, asked=asked, before=asked, reason=f"by {ANNA}")
        )
        call = {"operation": "promo_codes.Fetch", "method": "GET", "path": "/x", "outcome": "done", "milliseconds": 1}
        answer = f'{{"email": "{ANNA}", "phone": "79161234567", "code": "SECRET-CODE-1"}}'
        exchange = Exchange(key="abc", shop_id=1, asked=str(asked), curl=f"curl -d email={ANNA}", answer=answer, **call)
        db.add_all([act, exchange])


def test_no_page_file_or_log_tells_a_contact_of_somebody(app, desk, agent, marketer, masked):
    key = agent.get("/customers/").press("Find", within="main", who=ANNA).path.split("/")[2]
    told(desk)
    for rule in views(app).values():
        if "GET" not in rule.methods or "shop" not in rule.arguments:
            continue
        values = {name: sample(rule._converters[name]) for name in rule.arguments} | {"shop": "demo"}
        for number in {values.get("key", "x"), key if rule.endpoint.startswith("customers") else "abc"}:
            values |= {"key": number} if "key" in rule.arguments else {}
            path = app.url_map.bind("localhost").build(rule.endpoint, values)
            text = marketer.client.get(path).get_data(as_text=True)
            assert not [leak for leak in LEAKS if leak in re.sub(r"\s", " ", text)], path
    for path in ("/s/demo/trail/?as=csv", "/s/demo/trail/lines", "/s/demo/requests/?as=csv"):
        text = marketer.client.get(path).get_data(as_text=True)
        assert text
        assert not [leak for leak in LEAKS if leak in text], path


def test_support_sees_them_whole_and_a_setting_says_for_whom(app, agent, marketer, settings, masked):
    path = agent.get("/customers/").press("Find", within="main", who=ANNA).path
    assert ANNA in agent.get(path).text
    assert ANNA not in marketer.get(path).html
    app.extensions["settings"] = settings.model_copy(update={"masked": "support"})
    assert ANNA in marketer.get(path).text
    assert ANNA not in agent.get(path).html


def test_show_asks_for_a_reason_and_stands_in_the_trail(agent, viewer, desk, masked):
    path = agent.get("/customers/").press("Find", within="main", who=ANNA).path
    page = viewer.get(path).follow("Show contacts")
    assert page.press("Show contacts", reason="").status == 422
    page = page.press("Show contacts", reason="A court asks")
    assert ANNA in page.text
    assert ANNA in viewer.get(path).text
    assert ANNA not in viewer.get("/customers/").html
    with desk.reading() as db:
        act = db.scalars(select(Act).where(Act.what == "customers.Reveal")).one()
    assert (act.person, act.reason, act.customer_id is not None) == ("Viewer", "A court asks", True)


def test_a_form_with_dots_in_place_of_a_contact_is_refused_and_changes_nothing(marketer, masked):
    page = marketer.post(
        "/segments/add", {"csrf_token": marketer.token(), "who": "a•••@example.com", "segment_id": "1"}
    )
    assert page.status == 422
    assert "masked for you" in page.text


def test_each_value_of_a_field_is_looked_at(marketer, masked):
    data = {"csrf_token": marketer.token(), "who": ["anna@example.com", "a•••@example.com"], "segment_id": "1"}
    assert marketer.post("/segments/add", data).status == 422


@pytest.mark.parametrize("written", ["a•••@example.com", "A•••@EXAMPLE.COM", "<a•••@example.com>", "••• 4567"])
def test_what_is_masked_is_read_as_no_contact(written):
    assert read_email(written) is None
    assert not {"email", "phone"} & {reading.kind for group in readings(written) for reading in group}


@pytest.mark.parametrize("run", ["%D0%9F", "x", "1", "a1", "&#39;", "a=1&amp;", "\\u041f", "a.", "@a", "a@b.", "%40"])
def test_a_long_text_without_a_contact_takes_no_longer_than_its_length(run):
    """Percent codes took twice as long for each one more; a long word, the square of its length."""
    began = time.process_time()
    without_contacts(run * (50_000 // len(run)))
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("%D0%B0nna%40example.com", "%•••@example.com"),
        ("email=anna%40example.com&amp;x=1", "e•••@example.com&amp;x=1"),
        (r"\nanna@example.com", r"\n•••@example.com"),
        (r"{\u0430nna\u0040example.com}", "{•••@example.com}"),
        ("+7 916 123-45-67anna@example.com", "••• 4567a•••@example.com"),
        ("&#39;anna@example.com&#39;", "&•••@example.com&#39;"),
        (f"{'x' * 5000}{ANNA}", "x•••@example.com"),
    ],
)
def test_a_contact_is_hidden_whatever_stands_right_before_it(text, shown):
    assert without_contacts(text) == shown
