"""What a person typed, as a question to the index: literally first, then the mistakes that fingers make."""

from __future__ import annotations

from collections.abc import Iterator

from tantivy import Occur, Query, Schema

from app.engine.search.schema import LONGEST_BEGINNING, STEMS, WORDS, folded

NAME, BEGINNING, NEARLY = 4.0, 2.0, 0.5  # how much a match counts
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
    """Look a word up; in the name it counts for more. What must be there is one list: it is quick to intersect."""
    if not begun:
        return _exactly(schema, word)
    if len(word) <= LONGEST_BEGINNING:
        return _preferring(Query.term_query(schema, "begun", word, "basic"), *_in_names(schema, word))
    return _any_of([_exactly(schema, word), _beginning(schema, word)])


def _exactly(schema: Schema, word: str) -> Query:
    stems = [Query.term_query(schema, "said", stem, "freq") for stem in STEMS.analyze(word)]
    return _preferring(_any_of(stems) if len(stems) != 1 else stems[0], *_in_names(schema, word))


def _in_names(schema: Schema, word: str) -> Iterator[Query]:
    for stem in STEMS.analyze(word):
        yield Query.boost_query(Query.term_query(schema, "name", stem, "freq"), NAME)


def _preferring(due: Query, *better: Query) -> Query:
    return Query.boolean_query([(Occur.Must, due), *((Occur.Should, query) for query in better)])


def _beginning(schema: Schema, word: str) -> Query:
    if len(word) <= LONGEST_BEGINNING:
        found = Query.term_query(schema, "begun", word, "basic")
    else:
        found = Query.fuzzy_term_query(schema, "typed", word, distance=0, prefix=True)
    return Query.boost_query(found, BEGINNING)


def _nearly(schema: Schema, word: str, *, begun: bool) -> Query:
    """Allow a mistake or two, but none in a short word and none in a number."""
    mistakes = 0 if len(word) < LONG or not word.isalpha() else 1 if len(word) < LONGER else 2
    found = [_exactly(schema, word)]
    if not mistakes:
        return _any_of([*found, _beginning(schema, word)] if begun else found)
    nearly = [Query.fuzzy_term_query(schema, "own", stem, distance=mistakes) for stem in STEMS.analyze(word)]
    nearly.append(Query.fuzzy_term_query(schema, "typed", word, distance=mistakes, prefix=begun))
    return _any_of(found + [Query.boost_query(query, NEARLY) for query in nearly])
