"""Counting the parts of an SMS. The awkward cases are those that public calculators got wrong."""

import pytest

from app.web.messaging.sms import count

CYRILLIC = "Здравствуйте! Ваш заказ готов."


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts", "left"),
    [
        ("", "GSM-7", 0, 1, 160),
        ("a" * 160, "GSM-7", 160, 1, 0),
        ("a" * 161, "GSM-7", 161, 2, 145),
        ("a" * 306, "GSM-7", 306, 2, 0),
        ("a" * 307, "GSM-7", 307, 3, 152),
        ("я" * 70, "UCS-2", 70, 1, 0),
        ("я" * 71, "UCS-2", 71, 2, 63),
        ("я" * 140, "UCS-2", 140, 3, 61),
    ],
)
def test_a_text_is_cut_into_parts(text, encoding, units, parts, left):
    counted = count(text)
    assert (counted.encoding, counted.units, counted.parts, counted.left) == (encoding, units, parts, left)


@pytest.mark.parametrize("character", "^{}\\[~]|€\f")
def test_characters_of_the_extension_table_cost_two_septets(character):
    assert count(character).units == 2


@pytest.mark.parametrize("character", "^{}\\[~]|€")
def test_they_cost_one_unit_where_the_text_is_ucs_2_anyway(character):
    assert count(character + "∞").units == 2


def test_an_emoji_costs_two_units_and_makes_brackets_cheap():
    counted = count("]" * 85 + "😀")
    assert (counted.encoding, counted.units, counted.parts) == ("UCS-2", 87, 2)


def test_an_escaped_character_never_straddles_two_parts():
    assert count("a" * 152 + "€" + "a" * 151).parts == 2
    assert count("a" * 152 + "€" + "a" * 152).parts == 3


def test_a_pair_of_utf_16_never_straddles_two_parts():
    assert count("я" * 66 + "😀" + "я" * 65).parts == 2
    assert count("я" * 66 + "😀" + "я" * 66).parts == 3


def test_it_says_which_characters_forced_ucs_2_and_what_stands_in_for_them():
    counted = count("«Sale» — 20 % off…\u00a0now")
    assert [(odd.character, odd.times, odd.instead) for odd in counted.odd] == [
        ("«", 1, '"'),
        ("»", 1, '"'),
        ("—", 1, "-"),
        ("…", 1, "..."),
        ("\u00a0", 1, " "),
    ]
    assert counted.odd[-1].name == "no-break space"
    assert counted.cheaper == '"Sale" - 20 % off... now'
    assert count(counted.cheaper).encoding == "GSM-7"


def test_an_accent_gives_way_to_the_bare_letter():
    assert count("Češ").cheaper == "Ces"


def test_cyrillic_is_said_to_be_ucs_2_whatever_one_replaces():
    counted = count(f"«{CYRILLIC}»")
    assert counted.is_cyrillic
    assert counted.cheaper is None


def test_an_invisible_character_is_found():
    counted = count("code\u200b 42")
    assert [odd.code for odd in counted.odd] == ["U+200B"]
    assert counted.cheaper == "code 42"


def test_the_text_is_marked_where_it_costs_more():
    assert [(run.text, run.cost) for run in count("a[b—c").runs] == [("a[b", "plain"), ("—", "odd"), ("c", "plain")]
    assert [(run.text, run.cost) for run in count("a[b").runs] == [("a", "plain"), ("[", "two"), ("b", "plain")]


def test_a_line_break_of_a_form_counts_once():
    assert count("a\r\nb").units == 3


@pytest.mark.parametrize(
    ("text", "cheaper"),
    [
        ("Cafe\u0301 nai\u0308ve", "Café naive"),
        ("a\u030arhus", "århus"),
        ("2½ kg, ½ or ¼, ⅔", "2 1/2 kg, 1/2 or 1/4, 2/3"),
        ("‹a› ʼn ʻ ´ ˈ ❛b❜", "'a' 'n ' ' ' 'b'"),
        ("❝a❞ 〝b〟 ″", '"a" "b" "'),
        ("a\u3000b\u2028c\u200ed\ufe0f", "a b\ncd"),
        ("→ ≤ ± ÷ ₽ ★ ⸺ №5", "-> <= +/- / RUB * - No.5"),
        ("Łódź, œuvre, Đ, ĳ ﬁ ②", "Lodz, oeuvre, D, ij fi 2"),
    ],
)
def test_what_gsm_7_lacks_has_a_likeness_and_accents_are_composed_first(text, cheaper):
    assert count(text).cheaper == cheaper
    assert count(cheaper).encoding == "GSM-7"


def test_a_letter_with_its_accent_apart_is_one_character_of_the_list():
    (odd,) = count("e\u0301 e\u0301").odd
    assert (odd.character, odd.times, odd.instead) == ("e\u0301", 2, "é")
    assert odd.name == "latin small letter e, combining acute accent"
    assert odd.code == "U+0065 U+0301"


def test_a_decomposed_cyrillic_letter_is_composed_too():
    counted = count("и\u0306од")
    assert (counted.units, counted.tidier, count(counted.tidier).units) == (4, "йод", 3)


@pytest.mark.parametrize(
    ("text", "named", "right"),
    [
        ("Hello Аnna", [("А", "Cyrillic", "Аnna")], "Hello Anna"),
        ("Order ОК", [("О", "Cyrillic", "ОК"), ("К", "Cyrillic", "ОК")], "Order OK"),
        ("sаle с 5", [("а", "Cyrillic", "sаle"), ("с", "Cyrillic", "с")], "sale c 5"),
        ("ΟK, Βell", [("Ο", "Greek", "ΟK"), ("Β", "Greek", "Βell")], "OK, Bell"),
        ("Ваш зAказ c доставкой", [("A", "Latin", "зAказ"), ("c", "Latin", "c")], "Ваш зАказ с доставкой"),
        ("Привет, Аlice", [("А", "Cyrillic", "Аlice")], "Привет, Alice"),
    ],
)
def test_letters_of_another_alphabet_are_named_and_put_right(text, named, right):
    counted = count(text)
    assert [(alike.letter, alike.script, alike.word) for alike in counted.look_alikes] == named
    assert (counted.cheaper or counted.tidier) == right


@pytest.mark.parametrize(
    "text", ["Витамин C и iPhone XC", "USBшный SMS", CYRILLIC, "Hello, Anna", "Ω and Δ", "Номер С7", "Nike и Adidas"]
)
def test_words_that_are_rightly_of_another_alphabet_are_left_alone(text):
    assert count(text).look_alikes == []
    assert count(text).tidier is None


def test_a_latin_text_with_a_cyrillic_letter_is_not_called_cyrillic():
    counted = count("Hello Аnna")
    assert not counted.is_cyrillic
    assert counted.encoding == "UCS-2"
    assert count(counted.cheaper).encoding == "GSM-7"
