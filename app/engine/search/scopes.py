"""Searching in some parts of a product only: each word is kept once more, with the part in which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tantivy import Occur, Query, Schema

from app.engine.search.schema import BETWEEN, STEMS, WORDS, folded
from app.engine.store.products import Product

OF_BOOKS = ("author", "publisher", "illustrator", "editor", "series")


def scoped_words(product: Product, details: dict[str, Any], params: Iterable[dict[str, Any]], lies_in: str) -> set[str]:
    """Give the words of a product by the part in which they stand."""
    book = details.get("book") or {}
    parts = {
        "name": product.name,
        "brand": product.brand,
        "model": details.get("model"),
        "type": details.get("type_prefix"),
        "categories": lies_in,
        "params": " ".join(str(value) for param in params for value in param["value"]),
    } | {name: _as_text(book.get(name)) for name in OF_BOOKS}
    return {part + BETWEEN + stem for part, text in parts.items() if text for stem in STEMS.analyze(folded(str(text)))}


def in_scopes(schema: Schema, text: str, scopes: Iterable[str]) -> Query | None:
    """Ask for all words of a text, each in any of the parts; None when there is no word in it."""
    wanted = list(_each(schema, text, list(scopes)))
    return Query.boolean_query(wanted) if wanted else None


def _each(schema: Schema, text: str, scopes: list[str]) -> Iterator[tuple[Occur, Query]]:
    for word in WORDS.analyze(folded(text)):
        terms = [scope + BETWEEN + stem for scope in scopes for stem in STEMS.analyze(word)]
        yield Occur.Must, Query.term_set_query(schema, "within", terms)


def _as_text(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
