"""Calls drawn from the types of their parameters."""

import json
import types
from datetime import date
from functools import cache
from typing import Annotated, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel, ConfigDict, JsonValue, TypeAdapter, ValidationError

from app.rees46.examples import FOLDER
from app.rees46.values import PHONE

EXAMPLES = FOLDER
# What UTF-8 can write and a database keeps.
LETTERS = st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs",))
RARE = 7
NOTHING = {"", "null", "undefined"}
ODD = ["null", "undefined", "a,b", " a ", "[", '{"a":1}', "%26", "+1"]
ANYTHING = st.text(LETTERS, max_size=12) | st.sampled_from(ODD)
WORDS = st.text(LETTERS, min_size=1, max_size=12).filter(lambda word: word.strip() not in NOTHING)
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False, width=32)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(LETTERS, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(WORDS, JSON, max_size=3) | st.dictionaries(WORDS, WORDS, max_size=3)
PHONES = st.from_regex(r"\A[ +]?([0-9][ .()-]?){5,14}\Z")
URLS = st.sampled_from(["https://shop.example/a?b=1&c=%20#d", "app://open?id=1+2", "HTTP://shop.example/\u20ac"])
TRUTHS = st.sampled_from([True, False, 1, 0, "true", "False", "1", "0", " yes "])


@cache
def example(operation):
    """What the vendor's example of an operation sends."""
    return json.loads((EXAMPLES / f"{operation.name()}.json").read_text())["request"]["parameters"]


@cache
def calls(operation):
    """Calls of an operation: its example, changed and added to; now and then one of its values makes no sense."""
    fields = {name: (names(name, field), fitting(field)) for name, field in operation.model_fields.items()}
    right = {name: st.tuples(st.sampled_from(called), values) for name, (called, values) in fields.items()}
    wrong = {name: st.tuples(st.sampled_from(called), ANYTHING) for name, (called, _) in fields.items()}
    junk = st.sampled_from(list(wrong) or [""]).flatmap(lambda name: st.fixed_dictionaries({name: wrong[name]}))
    sometimes = st.integers(0, 9).flatmap(lambda dice: junk if wrong and dice == RARE else st.just({}))
    return st.builds(
        lambda drawn, one: changed(example(operation), operation, drawn | one),
        st.fixed_dictionaries({}, optional=right) | st.fixed_dictionaries(right),
        sometimes,
    )


def changed(said, operation, drawn):
    """What is said, with other values: a parameter is named once, by whichever of its names."""
    former = {each for name in drawn for each in names(name, operation.model_fields[name])}
    return {name: value for name, value in said.items() if name not in former} | dict(drawn.values())


def fitting(field):
    """Values that a field takes; one that is needed is not left out by words that mean nothing."""
    kind = TypeAdapter(
        Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation,
        config=ConfigDict(coerce_numbers_to_str=True),
    )
    return of(field.annotation, tuple(field.metadata)).filter(
        lambda value: takes(kind, value) and not (field.is_required() and is_nothing(value))
    )


def takes(kind, value):
    try:
        kind.validate_python(value)
    except ValidationError:
        return False
    return True


def names(name, field):
    alias = field.validation_alias or field.alias or name
    return alias.choices if isinstance(alias, AliasChoices) else [alias]


def of(kind, rules=()):
    """Values of a type."""
    if get_origin(kind) is Annotated:
        kind, *more = get_args(kind)
        return of(kind, (*rules, *more))
    if made := OF_ORIGIN.get(get_origin(kind)):
        return made(rules, *get_args(kind))
    return objects(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else OF_KIND[kind](rules)


def lists(rules, kind):
    return st.lists(
        of(kind).filter(lambda item: not is_nothing(item)), min_size=rule(rules, "min_length") or 0, max_size=4
    )


def dictionaries(_rules, _text, kind):
    return OBJECTS if kind is JsonValue else st.dictionaries(WORDS, of(kind), max_size=3)


def unions(rules, *kinds):
    return st.one_of([of(kind, rules) for kind in kinds if kind is not type(None)])


def objects(shape):
    fields = {name: (fitting(field), field.is_required()) for name, field in shape.model_fields.items()}
    called = {name: names(name, field)[0] for name, field in shape.model_fields.items()}
    needed, free = (
        {called[name]: values for name, (values, is_needed) in fields.items() if is_needed is which}
        for which in (True, False)
    )
    return st.fixed_dictionaries(needed, optional=free)


def rule(rules, name):
    """What the rules of a field say under a name."""
    for each in rules:
        for source in (each, *getattr(each, "metadata", ())):
            if (said := getattr(source, name, None)) is not None:
                return said
    return None


def is_nothing(value):
    return isinstance(value, str) and value.strip() in NOTHING


def texts(rules):
    pattern = rule(rules, "pattern")
    if pattern == PHONE:
        return PHONES
    if pattern:
        return st.from_regex(pattern.removesuffix("$") + r"\Z", alphabet=LETTERS)
    return st.one_of(ANYTHING, WORDS, st.integers(0, 10**12), URLS)


def numbers(draw, rules):
    lowest, highest = rule(rules, "ge"), rule(rules, "le")
    return draw(0 if lowest is None else lowest, 10**9 if highest is None else highest)


OF_ORIGIN = {
    list: lists,
    dict: dictionaries,
    Union: unions,
    types.UnionType: unions,
    Literal: lambda _rules, *values: st.sampled_from(values),
}
OF_KIND = {
    str: texts,
    bytes: lambda _: st.sampled_from(["aGVsbG8=", "0J/RgNC40LLQtdGC"]),  # Base64
    bool: lambda _: TRUTHS,
    int: lambda rules: numbers(st.integers, rules),
    float: lambda rules: numbers(st.floats, rules) | numbers(st.integers, rules),
    date: lambda _: st.dates().map(date.isoformat),
    JsonValue: lambda _: OBJECTS | st.lists(WORDS, max_size=3) | ANYTHING,  # a form cannot tell 5 from "5"
}
