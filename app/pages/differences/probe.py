"""Asking every operation that changes nothing once, and telling how each was answered."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from flask import g
from pydantic import ValidationError

from app.rees46.catalogue import every_operation
from app.rees46.errors import Garbled, Rees46Error, Refused, Unreachable
from app.rees46.identity import Identity
from app.web.customers.parse import readings
from app.web.error_words import in_words
from app.web.rees46 import ask

if TYPE_CHECKING:
    from app.pages.differences.forms import ProbeForm
    from app.rees46.drift import Difference
    from app.rees46.operation import Operation

LONGEST = 30.0  # seconds of a whole probe
# Which field of the form stands for which parameter.
PARAMETERS = {
    "item": "item",
    "item_id": "item",
    "category": "category",
    "segment_id": "segment",
    "recommender_code": "block",
    "collection": "collection",
    "search_query": "search",
}
FIXED = {"type": "full_search", "recommender_type": "popular", "extended": True}

Outcome = Literal["expected", "different", "refused", "garbled", "silent", "unasked"]


@dataclass(frozen=True)
class Answered:
    """How one operation was answered; `lacks` names what it needs and nobody gave."""

    operation: str
    outcome: Outcome
    words: str = ""
    differences: tuple[Difference, ...] = ()
    lacks: tuple[str, ...] = ()


def probe(form: ProbeForm) -> list[Answered]:
    """Ask all; once REES46 is silent, or the time is over, the others are not asked any more."""
    until = time.monotonic() + LONGEST
    answers: list[Answered] = []
    is_silent = False
    for kind in every_operation():
        if not kind.http.only_reads:
            continue
        if is_silent or time.monotonic() > until:
            answers.append(Answered(kind.name(), "unasked"))
            continue
        answers.append(_asked(kind, form))
        is_silent = answers[-1].outcome == "silent"
    return answers


def _asked(kind: type[Operation[Any]], form: ProbeForm) -> Answered:
    values = _values(kind, form)
    lacks = tuple(name for name, field in kind.model_fields.items() if field.is_required() and name not in values)
    if lacks:
        return Answered(kind.name(), "unasked", lacks=lacks)
    try:
        op = kind.model_validate(values)
    except ValidationError:
        return Answered(kind.name(), "unasked", lacks=_identifiers(kind))
    try:
        ask(op)
    except Rees46Error as error:
        return Answered(kind.name(), _outcome(error), in_words(error)["happened"], _differences(kind))
    return Answered(kind.name(), "different" if _differences(kind) else "expected", differences=_differences(kind))


def _values(kind: type[Operation[Any]], form: ProbeForm) -> dict[str, Any]:
    """Fill in the parameters by what the form gives."""
    given = {name: form[field].data.strip() for name, field in PARAMETERS.items() if (form[field].data or "").strip()}
    who = _who(form)
    if "by" in kind.model_fields and who:
        given |= {"by": who[0], "ids": [who[1]]}
    if who and who[0] in _identifiers(kind):
        given[who[0]] = who[1]
    return {name: value for name, value in (FIXED | given).items() if name in kind.model_fields}


def _identifiers(kind: type[Any]) -> tuple[str, ...]:
    """Name the keys of customers by one of which an operation asks; none where it is about nobody."""
    return kind.identifiers if issubclass(kind, Identity) else ()


def _who(form: ProbeForm) -> tuple[str, str] | None:
    ways = readings(form.who.data or "")
    return (ways[0][0].kind, ways[0][0].value) if ways and ways[0] else None


def _differences(kind: type[Operation[Any]]) -> tuple[Difference, ...]:
    return tuple(g.get("differences", {}).get(kind.name(), ()))


def _outcome(error: Rees46Error) -> Outcome:
    names: dict[type[Rees46Error], Outcome] = {Refused: "refused", Garbled: "garbled", Unreachable: "silent"}
    return next((name for kind, name in names.items() if isinstance(error, kind)), "silent")
