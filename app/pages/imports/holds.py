"""Rows that would make one customer of two, or somebody else of one: held back until a person decides about each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.pages.imports.fields import IDENTIFIERS
from app.pages.imports.known import are_same, digests_of, people
from app.web.customers.keys import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.pages.imports.elements import Element
    from app.pages.imports.known import Owners
    from app.rees46.crm import Found

# What may be decided: to leave the row out, to send it as it stands, to send it without the identifiers that are
# somebody else's, or without those by which its customer would become somebody else.
LEAVE, SEND, WITHOUT, KEEP = "leave", "send", "without", "keep"
SENT = (SEND, WITHOUT, KEEP)


def hold(element: Element, owners: Owners, met: Mapping[str, int]) -> dict[str, int]:
    """Say on an element why it is held back, if it is; give the digests by which later rows are its twins."""
    found = people(element, owners)
    digests = element.digests | {digest: "" for owner in found for digest in digests_of(owner)}
    element.holds += _twin(element, digests, met)
    element.holds += _two(element, found, owners) if len(found) > 1 else _takeover(element, found, owners)
    if len(element.holds) > 1:
        _answers_all(element)
    return dict.fromkeys(digests, element.row)


def _twin(element: Element, digests: Mapping[str, str], met: Mapping[str, int]) -> list[dict[str, Any]]:
    """An identifier of an earlier row, or another one of the same customer."""
    earlier = {digest: met[digest] for digest in digests if met.get(digest, element.row) != element.row}
    if not earlier:
        return []
    kinds = [kind for digest, kind in element.digests.items() if digest in earlier]
    row = min(earlier.values())
    return [{"code": "twice" if kinds else "same", "row": row, "kinds": kinds, **_drops(element, kinds)}]


def _two(element: Element, found: list[Found], owners: Owners) -> list[dict[str, Any]]:
    """Identifiers of several customers: the row may be meant for the first of them, or for the second."""
    first, second = (_of_another(element, owner, owners) for owner in found[:2])
    return [{"code": "two", "people": [_shown(owner) for owner in found], **_drops(element, first, second)}]


def _takeover(element: Element, found: list[Found], owners: Owners) -> list[dict[str, Any]]:
    """An identifier that nobody has, beside one of a customer who has another of that kind, or may have."""
    if not found:
        return []
    owner = found[0]
    strange = [kind for kind, value in element.keys.items() if (kind, value) not in owners]
    theirs = [kind for kind, value in element.keys.items() if (kind, value) in owners]
    changed = [kind for kind in strange if getattr(owner, kind) or not owner.tells(kind)]
    gained = ["email"] if theirs == ["phone"] and "email" in strange else []  # households share a phone
    if not (changed or gained):
        return []
    about = {"code": "takeover" if changed else "gains", "kinds": changed or gained, "people": [_shown(owner)]}
    return [about | _drops(element, theirs, changed or gained)]


def _of_another(element: Element, owner: Found, owners: Owners) -> list[str]:
    """Identifiers of a row that are not this customer's, and would replace theirs."""
    return [
        kind
        for kind, value in element.keys.items()
        if ((kind, value) in owners and not are_same(owners[kind, value], owner))
        or ((kind, value) not in owners and (getattr(owner, kind) or not owner.tells(kind)))
    ]


def _drops(element: Element, without: Iterable[str], keep: Iterable[str] = ()) -> dict[str, list[str]]:
    """Which identifiers each decision leaves out; a decision that would leave none is not offered."""
    ways = {WITHOUT: list(without), KEEP: list(keep)}
    return {way: kinds for way, kinds in ways.items() if kinds and not set(element.keys) <= set(kinds)}


def _answers_all(element: Element) -> None:
    """Where a row is held back for several reasons, offer only what answers all of them."""
    left_out = {kind for reason in element.holds for kind in reason.get(WITHOUT, [])}
    is_enough = all(WITHOUT in reason for reason in element.holds) and not set(element.keys) <= left_out
    for reason in element.holds:
        reason.pop(KEEP, None)
        if not is_enough:
            reason.pop(WITHOUT, None)


def offered(holds: list[dict[str, Any]]) -> list[str]:
    """What may be decided about a row that is held back."""
    return [LEAVE, SEND, *(way for way in (WITHOUT, KEEP) if all(way in reason for reason in holds))]


def left_out_by(holds: list[dict[str, Any]], decision: str) -> list[str]:
    """The identifiers that a decision leaves out of a row."""
    return [kind for kind in IDENTIFIERS if any(kind in reason.get(decision, []) for reason in holds)]


def _shown(owner: Found) -> dict[str, str | None]:
    """A customer as the page shows them beside the row."""
    name = " ".join(part for part in (owner.first_name, owner.last_name) if part)
    said = {kind: getattr(owner, kind) for kind in IDENTIFIERS}
    return {"name": name, **{kind: value and normal(kind, value) for kind, value in said.items()}}
