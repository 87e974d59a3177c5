"""Leaving out of an item no more than what is wrong: an entry of a list, a key of an object, or a whole property."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from app.engine.jobs.registry import Unfit
from app.rees46.items import MANDATORY, Item

Step = str | int
PLACE = re.compile(r" - at `\$(?P<path>.*)`\Z", re.DOTALL)
STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")  # `[...]` is some value of an object, which goes as a whole
OWN = re.compile(r"\A`(\w+)` ")  # the key that an object's own rule speaks of, see niches.Book
WHOLE = {"id": "1", "name": "1", "price": 1, "url": "/", "picture": "/", "categories": ["1"]}
MOST_NAMED = 20  # entries of one list that are named one by one


def leave_out(said: dict[str, Any], words: str, left_out: list[str]) -> None:
    """Take out what msgspec's words speak of, and note it; what is mandatory bars the item."""
    found = PLACE.search(words)
    steps = _steps(found["path"].partition("[...]")[0]) if found else []
    reason = PLACE.sub("", words)
    if not steps or steps[0] in MANDATORY or steps[0] not in said:
        raise Unfit(f"{steps[0]}: {reason}" if steps else words)
    if own := OWN.match(reason):
        steps.append(own[1])
    place = max((place for place, step in enumerate(steps) if isinstance(step, int)), default=0)
    if place:
        _without_wrong_entries(said, steps[:place], left_out)
        return
    holder = _within(said, steps[:-1])
    if isinstance(holder, dict) and steps[-1] in holder:
        del holder[steps[-1]]
    else:  # a mandatory key of an object is missing: the object says nothing
        steps = steps[:1]
        del said[str(steps[0])]
    if said.get(str(steps[0])) == {}:
        del said[str(steps[0])]
    left_out.append(f"{_written(steps)} was left out: {reason}")


def _steps(path: str) -> list[Step]:
    return [name or int(number) for name, number in STEP.findall(path)]


def _without_wrong_entries(said: dict[str, Any], steps: list[Step], left_out: list[str]) -> None:
    """Go through a whole list at once: it may have thousands of entries."""
    *way, name = steps
    holder = _within(said, way)
    kept: list[Any] = []
    wrong: list[str] = []
    for number, entry in enumerate(holder[name]):
        if reason := _fault(steps, entry):
            wrong.append(f"{_written([*steps, number])} was left out: {reason}")
        else:
            kept.append(entry)
    if not wrong:
        raise Unfit(f"{_written(steps)} cannot be read")
    holder[name] = kept
    left_out += wrong[:MOST_NAMED]
    if len(wrong) > MOST_NAMED:
        left_out.append(f"{_written(steps)}: {len(wrong) - MOST_NAMED} more entries were left out")


def _fault(steps: list[Step], entry: Any) -> str:
    """Say what is wrong with an entry, of an item that is whole otherwise."""
    value: Any = [entry]
    for step in reversed(steps[1:]):
        value = [value] if isinstance(step, int) else {step: value}
    try:
        msgspec.convert(WHOLE | {str(steps[0]): value}, Item, strict=False)
    except msgspec.ValidationError as wrong:
        return PLACE.sub("", str(wrong))
    return ""


def _within(said: Any, way: list[Step]) -> Any:
    for step in way:
        said = said[step]
    return said


def _written(steps: list[Step]) -> str:
    """Write `locations[2]`, or `book.year`; people count from one, but the place is that in the JSON."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
