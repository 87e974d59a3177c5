"""What is expected of an answer, and which of it was not met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.pages.benches.asking import Answer

Failure = dict[str, Any]
LAYOUT = dict(zip("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё", strict=True))
OTHER_LAYOUT = {cyrillic: latin for latin, cyrillic in LAYOUT.items()}
SHORTEST = 4  # letters of a word that stays recognisable with a mistake


def failures(expected: dict[str, Any], answer: Answer) -> list[Failure]:
    """Name each expectation that an answer does not meet, with what came instead."""
    checks = (_in_first, _without, _at_least, _in_stock, _no_cart, _no_brand, _price)
    return [failure for check in checks for failure in check(expected, answer)]


def _in_first(expected: dict[str, Any], answer: Answer) -> list[Failure]:
    item, within = expected.get("item_id"), expected.get("within") or 1
    if not item:
        return []
    place = answer.items.index(item) + 1 if item in answer.items else None
    return [] if place and place <= within else [{"check": "in_first", "place": place}]


def _without(expected: dict[str, Any], answer: Answer) -> list[Failure]:
    """Find words that no product may have, in its name or its categories."""
    words = [word.strip().casefold() for word in (expected.get("without") or "").split(",") if word.strip()]
    for row in answer.rows:
        text = " ".join([row["name"] or "", *row.get("categories", ())]).casefold()
        if word := next((word for word in words if word in text), None):
            return [{"check": "without", "word": word, "item": row["id"], "name": row["name"] or row["id"]}]
    return []


def _at_least(expected: dict[str, Any], answer: Answer) -> list[Failure]:
    least = expected.get("at_least") or 0
    return [{"check": "at_least", "total": answer.total}] if answer.total < least else []


def _in_stock(expected: dict[str, Any], answer: Answer) -> list[Failure]:
    """Find what is out of stock; where the stock of none is told, nobody can say."""
    if not expected.get("in_stock") or not answer.rows:
        return []
    if all(row.get("is_available") is None for row in answer.rows):
        return [{"check": "stock_not_told"}]
    return [_odd("in_stock", row) for row in answer.rows if row.get("is_available") is False]


def _no_cart(expected: dict[str, Any], answer: Answer) -> list[Failure]:
    if not expected.get("no_cart"):
        return []
    return [_odd("no_cart", row) for row in answer.rows if str(row["id"]) in answer.cart]


def _no_brand(expected: dict[str, Any], answer: Answer) -> list[Failure]:
    brand = (expected.get("no_brand") or "").casefold()
    return [_odd("no_brand", row) for row in answer.rows if brand and (row["brand"] or "").casefold() == brand]


def _price(expected: dict[str, Any], answer: Answer) -> list[Failure]:
    lowest, highest = expected.get("price_min"), expected.get("price_max")
    outside = (
        row
        for row in answer.rows
        if row["price"] is not None
        and ((lowest is not None and row["price"] < lowest) or (highest is not None and row["price"] > highest))
    )
    return [_odd("price", row) | {"price": row["price"]} for row in outside]


def _odd(check: str, row: dict[str, Any]) -> Failure:
    return {"check": check, "item": row["id"], "name": row["name"] or row["id"]}


def mistyped(words: str) -> str:
    """Swap two letters in the middle of the longest word, as fingers do; the same words where none is long enough."""
    longest = max(words.split(), key=len, default="")
    middle = len(longest) // 2
    if len(longest) < SHORTEST:
        return words
    swapped = longest[: middle - 1] + longest[middle] + longest[middle - 1] + longest[middle + 1 :]
    return words.replace(longest, swapped, 1)


def other_layout(words: str) -> str:
    """Write words as they come out with the keyboard in the other alphabet."""
    letters = words.lower()
    table = LAYOUT if sum(letter in OTHER_LAYOUT for letter in letters) == 0 else OTHER_LAYOUT
    return "".join(table.get(letter, letter) for letter in letters)
