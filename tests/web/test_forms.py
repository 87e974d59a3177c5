"""What the contract refuses is said in the language of whoever reads the form."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from flask_babel import force_locale
from pydantic import ValidationError
from wtforms.validators import ValidationError as Refused

from app.rees46 import bonuses, links, profile, search, segments, subscriptions
from app.web.forms.fields import SAID, Between, errors_of
from tests.house.repository import name_of, under

LOOK = {"did": "d", "search_query": "x"}
WRONG = [
    (profile.Read, {"email": "nobody"}, "email", "Это не адрес e-mail."),
    (profile.Read, {"phone": "12"}, "phone", "Для номера телефона это слишком коротко."),
    (segments.Add, {"segment_id": "1"}, "", "Нужен хотя бы один из идентификаторов: email, phone, did"),
    (subscriptions.Changes, {"from": "yesterday"}, "from", "Здесь нужна дата, например 2026-11-21."),
    (links.Create, {"links": [{"url": "shop.example"}]}, "links", "Адрес начинается со схемы"),
    (search.Search, LOOK | {"type": "x"}, "type", "Выберите из списка."),
    (
        search.Search,
        LOOK | {"type": "full_search", "limit": 5000},
        "limit",
        "Слишком большое",
    ),
    (search.Search, LOOK | {"type": "full_search", "page": 0}, "page", "Слишком маленькое"),
    (bonuses.Import, {"bonuses": 5}, "bonuses", "Здесь нужен список."),
    (segments.Add, {"email": "a@b.c", "segment_id": "1", "wrong": 1}, "wrong", "Такого параметра нет."),
]


@pytest.mark.parametrize(("operation", "said", "name", "words"), WRONG)
def test_a_refusal_of_the_contract_is_said_in_russian(app, operation, said, name, words):
    with app.test_request_context(), force_locale("ru"), pytest.raises(ValidationError) as wrong:
        operation.model_validate(said)
    with app.test_request_context(), force_locale("ru"):
        first_name, first_words = next(errors_of(wrong.value))
    assert first_name == name
    assert first_words.startswith(words)


def test_every_refusal_that_has_words_has_russian_ones(app):
    with app.test_request_context(), force_locale("ru"):
        assert [kind for kind, words in SAID.items() if str(words).isascii()] == []


@pytest.mark.parametrize("number", [10**400, -(10**400), Decimal("sNaN"), Decimal("NaN"), Decimal("1e999"), -1, 61])
def test_a_number_that_nobody_can_mean_is_outside_of_a_range(number):
    with pytest.raises(Refused):
        Between(0, 60, "Between 0 and 60.")(None, SimpleNamespace(data=number))


def test_ranges_are_those_that_bear_every_number():
    """WTForms' own one breaks over numbers of hundreds of digits."""
    assert [
        name_of(path) for path in under("app", ".py") if re.search(r"\bNumberRange\((?!\))", path.read_text())
    ] == []
