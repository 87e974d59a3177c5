"""What happens to one part of an import: it is checked, sent, and counted. Each stage can be done again."""

from __future__ import annotations

from collections import ChainMap, Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.pages.imports import undo, undo_suppressed
from app.pages.imports.changes import changes_of, is_told
from app.pages.imports.elements import FRACTION, Element, elements_of
from app.pages.imports.holds import SENT, hold, left_out_by
from app.pages.imports.known import find, owners_of, people
from app.rees46.imports import Audience, Suppressed
from app.rees46.subscriptions import FLAGS
from app.store import import_problems
from app.store.import_problems import Problem
from app.store.imports import SUPPRESSED, Batch, Part
from app.web.context import desk
from app.web.customers.keys import normal
from app.web.rees46 import About, act

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import JsonValue
    from sqlalchemy.orm import Session

    from app.pages.imports.known import Owners
    from app.rees46.crm import Found
    from app.rees46.operation import Operation
    from app.store.acts import Act
    from app.web.rees46 import Ended

    Begun = Callable[[Session, Act], object]
    Taken = Callable[[Session, list[list[str]], list[Any]], object]

EMAIL_FLAGS = tuple(flag for flag in FLAGS if flag.startswith("email"))
COUNTED = (
    "good",
    "bad",
    "held",
    "cells",
    "known",
    "new",
    "joins",
    "leaves",
    "opt_outs",
    "untold",
    "several",
    "changes",
    "unseen",
)
SAMPLED = 5  # of those who are sent in a part
NAMED = {"left": "bad", "held": "held", "cell": "cells"}


@dataclass
class Checked:
    """What was found out about a part."""

    counts: dict[str, int]
    elements: list[Element]
    met: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changes: list[list[JsonValue]] = field(default_factory=list)  # row, customer, field, before, after
    kept: list[dict[str, Any]] = field(default_factory=list)  # what undoes the rows


def check(batch: Batch, part: Part, met: dict[str, int]) -> Checked:
    """Read the rows, find those that come twice, ask REES46 whom it knows, count what would change."""
    found = Checked(dict.fromkeys(COUNTED, 0), elements_of(batch, part.rows))
    sound = [element for element in found.elements if not element.faults]
    owners = owners_of(sound)
    look = _look_for_repeats if batch.kind == SUPPRESSED else _hold
    known = ChainMap(found.met, met)
    for element in found.elements:
        look(element, owners, known, found)
        if not (element.faults or element.holds):
            _count(batch, element, people(element, owners), found.counts)
            _compare(element, owners, found)
        if not element.faults:
            keep = undo_suppressed.kept_of if batch.kind == SUPPRESSED else undo.kept_of
            found.kept.append(keep(element, owners))
    found.counts["good"] = sum(not (element.faults or element.holds) for element in found.elements)
    found.problems = _problems(found.elements)
    for problem in found.problems:
        found.counts[NAMED[problem.kind]] += 1
        for place in {fault["place"] for fault in problem.faults if "place" in fault and fault["code"] != FRACTION}:
            found.counts[f"column {place}"] = found.counts.get(f"column {place}", 0) + 1
    found.counts["changes"] = len(found.changes)
    found.counts["several"] = sum(count > 1 for count in Counter(one.row for one in found.elements).values())
    return found


def _hold(element: Element, owners: Owners, met: Mapping[str, int], found: Checked) -> None:
    """Compare a row with the earlier ones, also with those that cannot be sent: they come again when mended."""
    digests = dict.fromkeys(element.digests, element.row) if element.faults else hold(element, owners, met)
    found.met |= {digest: row for digest, row in digests.items() if digest not in met}


def _compare(element: Element, owners: Owners, found: Checked) -> None:
    """Note which of a known customer's fields would be other ones, and count those that REES46 does not tell."""
    owner = next(iter(people(element, owners)), None)
    if owner is None:
        return
    theirs = {kind for kind, value in element.keys.items() if (kind, value) in owners}
    who = normal(*element.key) if element.key[0] in {"email", "phone"} else element.key[1]
    for change in changes_of(element.said, owner, theirs):
        found.changes.append([element.row, who, *change])
    found.counts["unseen"] += sum(not is_told(owner, name) for name in element.said)


def _look_for_repeats(element: Element, _owners: Owners, met: Mapping[str, int], found: Checked) -> None:
    """An address that comes again does no harm in a list of addresses: it is told, and sent once."""
    if element.faults:
        return
    for digest in element.digests:
        if digest in met:
            element.faults.append({"code": "twice", "row": met[digest]})
        else:
            found.met[digest] = element.row


def _count(batch: Batch, element: Element, owners: list[Found], counts: dict[str, int]) -> None:
    """Count people, not flags: who is known, who would join, who would leave, whose own no would be overruled."""
    owner = owners[0] if owners else None
    counts["known" if owner else "new"] += 1
    wanted = dict.fromkeys(EMAIL_FLAGS, False) if batch.kind == SUPPRESSED else element.consents
    now = {flag: getattr(owner, flag) if owner else None for flag in wanted}
    untold = {flag for flag in wanted if owner and not owner.tells(flag)}
    counts["untold"] += any(wanted[flag] for flag in untold)
    counts["opt_outs"] += any(wanted[flag] and now[flag] is False for flag in wanted)
    counts["joins"] += any(wanted[flag] and now[flag] is None for flag in wanted.keys() - untold)
    counts["leaves"] += any(not wanted[flag] and now[flag] for flag in wanted)


def _problems(elements: list[Element]) -> list[Problem]:
    """One for each row that is left out, held back or sent without something that stands in it."""
    rows: dict[int, list[Element]] = {}
    for element in elements:
        rows.setdefault(element.row, []).append(element)
    found = (_problem(number, some) for number, some in rows.items())
    return [problem for problem in found if problem]


def _problem(number: int, elements: list[Element]) -> Problem | None:
    """What is wrong with a row; it may hold several addresses, of which some are fit."""
    faults = [fault for element in elements for fault in element.faults]
    holds = [reason for element in elements for reason in element.holds]
    said = faults or holds or [fault for element in elements for fault in element.left_out]
    if not said:
        return None
    kind = "left" if all(element.faults for element in elements) else "held" if holds else "cell"
    return Problem(row=number, cells=elements[0].cells, faults=said, kind=kind)


def send(batch: Batch, part: Part, begun: Begun, taken: Taken) -> None:
    """Send the rows that are fit, and hand `taken` one identifier of each. Opt-outs are looked up just before."""
    elements = _to_send(batch, part)
    sent = [list(element.key) for element in elements]
    if not elements:
        with desk().writing() as db:
            taken(db, sent, [])
        return
    owners = owners_of(elements) if any(one.consents for one in elements) and not batch.lifts else {}
    said = [_without_lifted(batch, element, owners) for element in elements]
    sample = [[*key, one] for key, one in zip(sent, said, strict=True)][:: max(1, len(said) // SAMPLED)][:SAMPLED]

    def ended(db: Session, ended: Ended) -> None:
        if ended.state == "done":
            taken(db, sent, sample)

    about = About(reason=batch.reason, asked=_summary(batch, elements), begun=begun, ended=ended)
    act(_call(batch, said), about)


def _to_send(batch: Batch, part: Part) -> list[Element]:
    """The rows that are fit, and those that were held back until somebody decided to send them."""
    with desk().reading() as db:
        decided = import_problems.decided(db, batch.id, part.skipped, SENT)
    skipped = set(part.skipped) - decided.keys()
    elements = [one for one in elements_of(batch, part.rows) if one.row not in skipped and not one.faults]
    for element in elements:
        if problem := decided.get(element.row):
            for kind in left_out_by(problem.faults, problem.decision or ""):
                element.said.pop(kind, None)
    if batch.kind == SUPPRESSED:  # an address that comes again is sent once
        return list({element.key: element for element in elements if _is_first(element, part)}.values())
    return elements


def _is_first(element: Element, part: Part) -> bool:
    return all(part.met.get(digest) == element.row for digest in element.digests)


def _without_lifted(batch: Batch, element: Element, owners: Owners) -> dict[str, Any]:
    """Leave out each yes that would overrule a customer's own no, or may: REES46 did not say."""
    if batch.lifts or not element.consents:
        return element.said
    found = people(element, owners)
    owner = found[0] if found else None
    lifted = {flag for flag, on in element.consents.items() if on and owner and _may_be_a_no(owner, flag)}
    return {name: value for name, value in element.said.items() if name not in lifted}


def _may_be_a_no(owner: Found, flag: str) -> bool:
    return getattr(owner, flag) is False or not owner.tells(flag)


def _call(batch: Batch, said: list[dict[str, Any]]) -> Operation[Any]:
    if batch.kind == SUPPRESSED:
        return Suppressed(audience=[{"email": one["email"]} for one in said])
    given: dict[str, Any] = {"audience": said, "segment_id": batch.segment_id}
    return Audience.from_form(given)


def _summary(batch: Batch, elements: list[Element]) -> dict[str, Any]:
    """What the trail keeps of the call: which rows of which import, not the people in them."""
    rows = {"import": batch.key, "rows": f"{elements[0].row}–{elements[-1].row}", "customers": len(elements)}
    return rows | ({"segment_id": batch.segment_id} if batch.segment_id else {})


def arrived(part: Part) -> int:
    """Count those of a part that REES46 knows now."""
    wanted: dict[str, list[str]] = {}
    for kind, value in part.rows:
        wanted.setdefault(kind, []).append(value)
    return len(find(wanted))
