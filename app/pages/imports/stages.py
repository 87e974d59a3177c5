"""What happens to one part of an import: it is checked, sent, and counted. Each stage can be done again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.pages.imports.elements import Element, elements_of
from app.pages.imports.fields import TARGETS
from app.pages.imports.known import find, owners_of, people, taken_over
from app.rees46.imports import Audience, Suppressed
from app.rees46.subscriptions import FLAGS
from app.store.imports import SUPPRESSED, Batch, Part
from app.web.context import desk
from app.web.rees46 import About, act

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.pages.imports.known import Owners
    from app.rees46.crm import Found
    from app.rees46.operation import Operation
    from app.store.acts import Act
    from app.web.rees46 import Ended

    Begun = Callable[[Session, Act], object]
    Taken = Callable[[Session, list[list[str]]], object]

EMAIL_FLAGS = tuple(flag for flag in FLAGS if flag.startswith("email"))


@dataclass
class Checked:
    """What was found out about a part."""

    counts: dict[str, int]
    bad: list[Element] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)


def check(batch: Batch, part: Part, met: dict[str, int]) -> Checked:
    """Read the rows, find those that come twice, ask REES46 whom it knows, count what would change."""
    elements = elements_of(batch, part.rows)
    found = Checked(dict.fromkeys(("good", "bad", "known", "new", "joins", "leaves", "opt_outs", "untold"), 0))
    for element in elements:
        _note_twin(element, met | found.met, found)
    fit = [element for element in elements if not element.faults]
    owners = owners_of(fit)
    for element in fit:
        if kind := taken_over(element, owners):
            element.faults.append({"code": "takeover", "column": str(TARGETS[kind].label)})
        else:
            _count(batch, element, people(element, owners), found.counts)
    found.bad = [element for element in elements if element.faults]
    found.counts["good"], found.counts["bad"] = len(elements) - len(found.bad), len(found.bad)
    return found


def _note_twin(element: Element, met: dict[str, int], found: Checked) -> None:
    if element.faults:
        return
    first = min((met[digest] for digest in element.digests if digest in met), default=element.row)
    if first != element.row:
        element.faults.append({"code": "twice", "row": first})
    else:
        found.met |= dict.fromkeys(element.digests, element.row)


def _count(batch: Batch, element: Element, owners: list[Found], counts: dict[str, int]) -> None:
    """Count people, not flags: who is known, who would join, who would leave, whose own no would be overruled."""
    if len(owners) > 1:
        element.faults.append({"code": "two"})
        return
    owner = owners[0] if owners else None
    counts["known" if owner else "new"] += 1
    wanted = dict.fromkeys(EMAIL_FLAGS, False) if batch.kind == SUPPRESSED else element.consents
    now = {flag: getattr(owner, flag) if owner else None for flag in wanted}
    untold = {flag for flag in wanted if owner and not owner.tells(flag)}
    counts["untold"] += any(wanted[flag] for flag in untold)
    counts["opt_outs"] += any(wanted[flag] and now[flag] is False for flag in wanted)
    counts["joins"] += any(wanted[flag] and now[flag] is None for flag in wanted.keys() - untold)
    counts["leaves"] += any(not wanted[flag] and now[flag] for flag in wanted)


def send(batch: Batch, part: Part, begun: Begun, taken: Taken) -> None:
    """Send the rows that are fit, and hand `taken` one identifier of each. Opt-outs are looked up just before."""
    elements = [one for one in elements_of(batch, part.rows) if one.row not in set(part.skipped)]
    sent = [list(element.key) for element in elements]
    if not elements:
        with desk().writing() as db:
            taken(db, sent)
        return
    owners = owners_of(elements) if any(one.consents for one in elements) and not batch.lifts else {}
    said = [_without_lifted(batch, element, owners) for element in elements]

    def ended(db: Session, ended: Ended) -> None:
        if ended.state == "done":
            taken(db, sent)

    about = About(reason=batch.reason, asked=_summary(batch, elements), begun=begun, ended=ended)
    act(_call(batch, said), about)


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
