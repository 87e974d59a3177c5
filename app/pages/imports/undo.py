"""Undoing an import: what known customers had is kept with the review, and written back where nothing changed since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import vault
from app.pages.imports.changes import is_told, label_of, same_values, value_of
from app.pages.imports.fields import IDENTIFIERS
from app.pages.imports.known import find, people
from app.pages.imports.parts import parts_of
from app.rees46.imports import Audience
from app.store import imports
from app.web.context import settings
from app.web.customers.keys import normal
from app.web.page import MARKETERS
from app.work.bulk import BulkKind, Rows, Verdict, bulk_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.pages.imports.elements import Element
    from app.pages.imports.known import Owners
    from app.rees46.crm import Found
    from app.store.bulks import Bulk, BulkRow
    from app.store.imports import Batch, Part

KIND = "imports.undo"
AT_ONCE = 100  # customers in one call


def kept_of(element: Element, owners: Owners) -> dict[str, Any]:
    """What is kept of a row to undo it: whom it is about, and each field before and after; of a new customer, that."""
    kind, value = element.key
    kept: dict[str, Any] = {"kind": kind, "value": normal(kind, value)}
    owner = next(iter(people(element, owners)), None)
    if owner is None:
        return kept | {"new": True}
    told = {name: said for name, said in element.said.items() if is_told(owner, name) and name != kind}
    before = {name: value_of(owner, name) for name in told}
    changed = [[name, before[name], said] for name, said in told.items() if not same_values(name, before[name], said)]
    return kept | {"changed": changed, "untold": [name for name in element.said if not is_told(owner, name)]}


def lock(kept: list[dict[str, Any]]) -> str | None:
    return vault.lock(json.dumps(kept), settings().key) if kept else None


def lock_one(kept: dict[str, Any]) -> str:
    return vault.lock(json.dumps(kept), settings().key)


def kept_with(batch: Batch) -> Iterator[dict[str, Any]]:
    """All that is kept of the rows that were sent."""
    for part in _sent_parts(batch):
        sent = {(kind, normal(kind, value)) for kind, value in part.rows}
        kept = json.loads(vault.unlock(part.had, settings().key)) if part.had else []
        yield from (one for one in kept if (one["kind"], one["value"]) in sent)


def sent_with(batch: Batch) -> Iterator[tuple[str, str]]:
    """An identifier of each who was sent."""
    for part in _sent_parts(batch):
        yield from ((kind, normal(kind, value)) for kind, value in part.rows)


def _sent_parts(batch: Batch) -> Iterator[Part]:
    return (part for part in parts_of(batch, imports.changes) if part.state in {"accepted", "counted"})


def check(_bulk: Bulk, rows: Rows) -> list[Verdict]:
    """Put what was kept against what REES46 has now."""
    kept = [json.loads(vault.unlock(row.details or "", settings().key)) for row in rows]
    wanted: dict[str, list[str]] = {}
    for one in kept:
        if not one.get("new"):
            wanted.setdefault(one["kind"], []).append(one["value"])
    owners = find(wanted)
    return [_verdict(row, one, owners.get((one["kind"], one["value"]))) for row, one in zip(rows, kept, strict=True)]


def _verdict(row: BulkRow, kept: dict[str, Any], owner: Found | None) -> Verdict:
    if kept.get("new"):
        words = _("New with this import: REES46 deletes nobody, only erasing a customer does.")
        return Verdict("refused", words, row.details)
    if owner is None:
        return Verdict("refused", _("REES46 does not know them any more."), row.details)
    back, left = _sorted(kept, owner)
    words = " ".join(_words(reason, names) for reason, names in left.items() if names)
    if not back:
        return Verdict("refused" if words else "same", words or _("Nothing changed for them."), row.details)
    said = _("Back to: %(fields)s.", fields=", ".join(f"{label_of(name)} = {value}" for name, value in back.items()))
    return Verdict("change", f"{said} {words}".strip(), vault.lock(json.dumps(kept | {"back": back}), settings().key))


def _sorted(kept: dict[str, Any], owner: Found) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Which fields can be written back, and which cannot, by reason."""
    back: dict[str, Any] = {}
    left: dict[str, list[str]] = {"moved": [], "empty": [], "key": [], "untold": list(kept["untold"])}
    for name, before, after in kept["changed"]:
        present = value_of(owner, name)
        if same_values(name, present, before):
            continue
        if not same_values(name, present, after):
            left["moved"].append(name)
        elif before in (None, ""):
            left["empty"].append(name)
        elif name in IDENTIFIERS:
            left["key"].append(name)
        else:
            back[name] = before
    return back, left


def _words(reason: str, names: list[str]) -> str:
    fields = ", ".join(label_of(name) for name in names)
    return {
        "moved": _("Changed since, and left alone: %(fields)s.", fields=fields),
        "empty": _("Was empty before, and REES46 empties no field: %(fields)s.", fields=fields),
        "key": _("Tells who it is, so change it by hand: %(fields)s.", fields=fields),
        "untold": _("REES46 did not tell what it was: %(fields)s.", fields=fields),
    }[reason]


def write_back(_bulk: Bulk, rows: Rows) -> Audience:
    kept = [json.loads(vault.unlock(row.details or "", settings().key)) for row in rows]
    said = [{"id" if one["kind"] == "external_id" else one["kind"]: one["value"], **one["back"]} for one in kept]
    return Audience.from_form({"audience": said})


bulk_kind(
    KIND,
    BulkKind(
        _l("Undo an import"),
        MARKETERS,
        None,
        check=check,
        make=write_back,
        words=lambda bulk: _("Import of %(moment)s", moment=bulk.asked["at"]),
        in_a_call=AT_ONCE,
    ),
)
