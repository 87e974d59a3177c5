"""Sample values for the variables of a template, where nothing real is given. Codes among them are no real ones."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING, Any

from app.liquid.forks import EACH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.liquid import Fork

CODES = ("code", "promocode", "promo_code", "coupon", "voucher")
LETTERS = string.ascii_uppercase + string.digits
ITEMS: dict[str, list[dict[str, Any]]] = {
    "en": [
        {"id": "1012", "name": "Bell Ding", "quantity": 1, "price": "890", "url": "https://shop.example.com/1012"},
        {"id": "1013", "name": "Lamp Ray", "quantity": 2, "price": "1 240", "url": "https://shop.example.com/1013"},
    ],
    "ru": [
        {"id": "1012", "name": "Звонок «Динь»", "quantity": 1, "price": "890", "url": "https://shop.example.com/1012"},
        {"id": "1013", "name": "Фара «Луч»", "quantity": 2, "price": "1 240", "url": "https://shop.example.com/1013"},
    ],
}
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "first_name": "Anna",
        "last_name": "Kowalska",
        "name": "Anna Kowalska",
        "place": "the shop in Main Street",
        "day": "tomorrow",
    },
    "ru": {
        "first_name": "Анна",
        "last_name": "Ковальская",
        "name": "Анна Ковальская",
        "place": "магазин на Садовой",
        "day": "завтра",
    },
}
ANY = {
    "url": "https://shop.example.com/t",
    "link": "https://shop.example.com/t",
    "email": "anna@example.com",
    "phone": "+7 999 000-00-01",
    "number": "10042",
    "id": "1012",
    "until": "20:00",
    "time": "20:00",
    "date": "2026-12-01",
    "price": "890",
    "total": "2 130",
    "left": "3",
    "hours": "2",
    "discount": "15",
}


def test_code() -> str:
    """Make a code that no list has: a test never takes a real one."""
    return f"TEST-{''.join(secrets.choice(LETTERS) for _ in range(6))}"


def samples(paths: Iterable[str], forks: Sequence[Fork], language: str) -> dict[str, Any]:
    """Give a value to each path, as nested objects."""
    found: dict[str, Any] = {}
    for path in sorted(paths, key=lambda path: path.count(".")):
        put(found, path, sample(path, forks, language))
    return found


def put(variables: dict[str, Any], path: str, value: Any) -> None:
    """Put a value to its path; what is no name, or stands in a list, is left alone."""
    *steps, last = path.split(".")
    place: Any = variables
    for step in steps:
        if not isinstance(place, dict) or "[" in step:
            return
        if not isinstance(place.get(step, {}), dict | list):
            place[step] = {}
        place = place.setdefault(step, {})
    if isinstance(place, dict) and last and "[" not in last and last not in {"size", "first", "last"}:
        place[last] = value


def without(variables: dict[str, Any], path: str) -> None:
    """Leave a path out."""
    *steps, last = path.split(".")
    place: Any = variables
    for step in steps:
        place = place.get(step) if isinstance(place, dict) else None
    if isinstance(place, dict):
        place.pop(last, None)


def sample(path: str, forks: Sequence[Fork], language: str) -> Any:
    """Give a value that such a variable may have, and that none of the template's comparisons asks for."""
    mine = [fork for fork in forks if fork.path == path]
    tongue = language if language in WORDS else "en"
    if any(fork.sign == EACH for fork in mine):
        return [dict(item) for item in ITEMS[tongue]]
    numbers = [fork.value for fork in mine if isinstance(fork.value, int | float) and not isinstance(fork.value, bool)]
    if numbers:
        return max(numbers) + 1
    name = path.rpartition(".")[2].lower()
    if name in CODES:
        return test_code()
    return WORDS[tongue].get(name) or ANY.get(name) or name.replace("_", " ")
