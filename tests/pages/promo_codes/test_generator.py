"""Generating codes: as many as there can be and no more, and none that can be guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pages.promo_codes.pattern import ALPHABETS, Pattern
from app.pages.promo_codes.views.generator import facts
from tests.pages.promo_codes.test_uploads import figures, send


def generate(visitor, **fields):
    return visitor.get("/promo_codes/generate").press("Generate the codes", **fields)


def codes_of(visitor, page):
    return visitor.get(f"{page.path}/codes.csv").html.lstrip("\ufeff").split()[1:]


def test_codes_are_shown_downloaded_and_uploaded(marketer):
    page = generate(marketer, count="40", length="8", prefix="SPRING-", suffix="-27", group="4")
    codes = codes_of(marketer, page)
    assert len(set(codes)) == 40
    assert all(len(code) == len("SPRING-XXXX-XXXX-27") and code.startswith("SPRING-") for code in codes)
    assert codes[0] in page.text
    done = send(page, list="3184")
    assert figures(done)["Accepted"] == "40"
    assert codes_of(marketer, done) == codes


def test_no_alphabet_holds_look_alikes():
    for name in ("clear", "wordless", "letters"):
        assert not set("01OIL") & set(ALPHABETS[name])
    assert not set("AEIOUY") & set(ALPHABETS["wordless"])


@pytest.mark.parametrize(("length", "count", "room"), [("1", "11", "10"), ("2", "101", "100"), ("3", "1001", "1,000")])
def test_more_codes_than_there_can_be_are_refused_with_the_right_figure(marketer, length, count, room):
    page = generate(marketer, alphabet="digits", length=length, count=count)
    assert page.status == 422
    assert f"only {room} codes" in page.text


def test_every_code_there_can_be_may_be_asked_for(marketer):
    page = generate(marketer, alphabet="digits", length="2", count="100")
    assert sorted(codes_of(marketer, page)) == [f"{number:02}" for number in range(100)]
    assert "Easy to guess" in page.text


def test_a_letter_twice_in_an_alphabet_makes_no_more_room(marketer):
    page = generate(marketer, alphabet="own", own="AAAB", length="2", count="5")
    assert "only 4 codes" in page.text


BAD_PATTERNS = [
    {"count": "0"},
    {"count": "50001"},
    {"count": "many"},
    {"count": "9" * 400},
    {"length": "0"},
    {"length": "41"},
    {"alphabet": "runes"},
    {"alphabet": "own", "own": "A"},
    {"alphabet": "own", "own": "A B"},
    {"prefix": "x" * 41},
    {"prefix": "A\tB"},
    {"suffix": "\0"},
    {"group": "-1"},
]


def test_bad_input_makes_no_codes(marketer):
    for fields in BAD_PATTERNS:
        page = generate(marketer, **fields)
        assert page.status == 422, fields
        assert page.errors, fields


def test_the_room_is_told_while_the_form_is_filled(marketer):
    fields = {"count": "100", "length": "10", "alphabet": "clear", "group": "0"}
    panel = marketer.htmx("/promo_codes/generate/capacity", fields, target="div#capacity")
    assert "8.1 × 10¹⁴" in panel.text  # 31 ** 10
    panel = marketer.htmx("/promo_codes/generate/capacity", fields | {"length": "1"}, target="div#capacity")
    assert "only 31 codes" in panel.text
    assert panel.status == 200


@given(st.integers(1, 6), st.text("ABCDEFG", min_size=1, max_size=9), st.integers(1, 400))
def test_the_room_is_exact_and_codes_never_come_twice(length, alphabet, count):
    pattern = Pattern(length, alphabet)
    assert pattern.space == len(set(alphabet)) ** length
    if count > pattern.space:
        with pytest.raises(ValueError, match="not that many"):
            pattern.codes(count)
    else:
        codes = pattern.codes(count)
        assert len(set(codes)) == count
        assert all(len(code) == length == pattern.width for code in codes)


def test_a_million_tries_a_hit_is_the_border_of_easy_to_guess():
    assert facts(Pattern(6, "0123456789"), 1)["weak"] is False
    assert facts(Pattern(6, "0123456789"), 2)["weak"] is True


def test_others_generate_nothing(agent, viewer):
    for visitor in (agent, viewer):
        assert visitor.get("/promo_codes/generate").status == 403
        assert visitor.post("/promo_codes/generate", {"count": "1"}).status == 403
        assert visitor.post("/promo_codes/generate/capacity", {"count": "1"}).status == 403
