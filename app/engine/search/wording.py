"""What a person typed, as a question to the index: literally first, then the mistakes that fingers make."""

from __future__ import annotations

from collections.abc import Iterator

from tantivy import Occur, Query, Schema

from app.engine.search.schema import STEMS, WORDS, folded

NAME, REST, BEGINNING, NEARLY = 4.0, 1.0, 2.0, 0.5  # how much a match counts
MOST_WORDS = 16
LONG, LONGER = 4, 8  # letters from which a word may have one mistake, or two
ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
OTHER_KEYBOARD = str.maketrans(ENGLISH + RUSSIAN, RUSSIAN + ENGLISH)


def readings(schema: Schema, text: str, *, unfinished: bool, forgiving: bool) -> Iterator[Query]:
    """Read a text in one way after the other; the first that finds anything is meant.

    `unfinished`: the last word may be the beginning of one.
    """
    words = _words(text)
    if not words:
        return
    yield _all_of([_word(schema, word, begun=unfinished and word is words[-1]) for word in words])
    if not forgiving:
        return
    if other := _words(text.lower().translate(OTHER_KEYBOARD)):
        yield _all_of([_word(schema, word, begun=unfinished and word is other[-1]) for word in other])
    yield _all_of([_nearly(schema, word, begun=word is words[-1]) for word in words])


def _words(text: str) -> list[str]:
    return WORDS.analyze(folded(text))[:MOST_WORDS]


def _all_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _any_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _word(schema: Schema, word: str, *, begun: bool) -> Query:
    found = _exactly(schema, word)
    if begun:
        beginning = Query.fuzzy_term_query(schema, "typed", word, distance=0, prefix=True)
        found.append(Query.boost_query(beginning, BEGINNING))
    return _any_of(found)


def _exactly(schema: Schema, word: str) -> list[Query]:
    return [
        Query.boost_query(Query.term_query(schema, field, stem, "freq"), weight)
        for stem in STEMS.analyze(word)
        for field, weight in (("name", NAME), ("rest", REST))
    ]


def _nearly(schema: Schema, word: str, *, begun: bool) -> Query:
    """Allow a mistake or two, but none in a short word and none in a number."""
    mistakes = 0 if len(word) < LONG or not word.isalpha() else 1 if len(word) < LONGER else 2
    found = _exactly(schema, word)
    if mistakes:
        found += [
            Query.boost_query(Query.fuzzy_term_query(schema, field, stem, distance=mistakes), NEARLY)
            for stem in STEMS.analyze(word)
            for field in ("name", "rest")
        ]
    found.append(
        Query.boost_query(Query.fuzzy_term_query(schema, "typed", word, distance=mistakes, prefix=begun), NEARLY)
    )
    return _any_of(found)
