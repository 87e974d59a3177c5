"""Bulk acts as work: a dry run over all rows, then each row done by an act of its own. A page registers what it can do.

    bulk_kind("segments.add", BulkKind(_l("Add to a segment"), STAFF, SegmentForm, check=…, make=…))

Each effect is written down before it is tried. A row of which nobody knows is tried again only where that does no harm;
else it stays unknown until a person says what became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.rees46.errors import NotAllowed, Rees46Error, Refused, TooMany
from app.store import approvals, bulks
from app.store.base import now
from app.store.bulks import BulkRow, Taken
from app.web.context import desk
from app.web.customers.keys import identity_of
from app.web.filters import number
from app.web.rees46 import About, act
from app.web.safeguards.second_person import Review, facts_of, reviews_job
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString
    from sqlalchemy.orm import Session

    from app.rees46.operation import Operation
    from app.store.acts import Act
    from app.store.bulks import Bulk, State
    from app.store.people import Role
    from app.store.works import Work
    from app.web.forms.fields import Form
    from app.web.rees46 import Ended

AT_ONCE = 10  # rows of a part, where each is a call of its own
MOST = 5000  # customers in one bulk act
REVIEWED = 50  # rows that a second person is shown


@dataclass(frozen=True)
class Verdict:
    """What the dry run says of a row: it will change, is so already, or cannot be done. `details` is encrypted."""

    state: State
    why: str = ""
    details: str | None = None


Rows = Sequence[BulkRow]
Hook = Callable[["Session", "Bulk", Rows, Any], object]


@dataclass(frozen=True)
class BulkKind:
    """Something that can be done to many. `make` gives the call for rows; `in_a_call` says for how many at once."""

    label: LazyString
    needs: frozenset[Role]
    form: type[Form] | None  # asks what is the same for all; its `asked()` gives it. None: it begins elsewhere
    check: Callable[[Bulk, Rows], list[Verdict]]
    make: Callable[[Bulk, Rows], Operation[Any]]
    words: Callable[[Bulk], str]  # what is done, in words
    in_a_call: int = 1
    is_repeatable: bool = True
    is_message: bool = False
    still: Callable[[Bulk, BulkRow], str] | None = None  # why a row may not be done any more, asked just before
    begun: Hook | None = None  # a ledger of the page joins each act
    ended: Hook | None = None


BULK_KINDS: dict[str, BulkKind] = {}


@dataclass(frozen=True)
class Source:
    """A list whose rows may be chosen; `everybody` gives whom its filters show, as the query of the URL says."""

    label: LazyString
    page: str
    needs: frozenset[Role]
    everybody: Callable[[Session, int], list[int]]


SOURCES: dict[str, Source] = {}


def bulk_kind(name: str, about: BulkKind) -> BulkKind:
    """Register something that can be done to many, with the work that looks and the work that does."""
    BULK_KINDS[name] = about
    shared: dict[str, Any] = {"page": "bulk.show", "needs": about.needs, "taken_back": take_back}
    kind(f"{name}.check", label=_l("Dry run"), is_repeatable=True, **shared)(check_some)
    kind(f"{name}.run", label=about.label, is_repeatable=about.is_repeatable, is_message=about.is_message, **shared)(
        do_some
    )
    reviews_job(f"{name}.run")(review_bulk)
    return about


def review_bulk(db: Session, work: Work, _act: Act) -> Review:
    """Say what a second person is asked to approve: what the dry run said of the first rows, and for how many."""
    bulk = bulks.by_key(db, work.subject)
    about, ids = BULK_KINDS[bulk.kind], bulks.ids_to_change(db, bulk.id)
    rows = db.scalars(bulks.of_bulk(bulk.id, "change").order_by(BulkRow.id).limit(REVIEWED))
    lines = [(str(about.label), "", about.words(bulk)), (_("Customers"), "", number(len(ids)))]
    lines += [(identity_of(row.customer), "", row.why) for row in rows]
    return Review(lines, facts_of(bulk.key, bulk.asked, bulk.reason, ids))


def take_back(db: Session, work: Work) -> None:
    """Lead it back to its dry run, of which nothing was sent."""
    bulks.move(db, bulks.by_key(db, work.subject).id, "running", "checked")


def check_some(work: Work) -> Progress:
    """Look at the next rows; nothing is changed by it."""
    with desk().reading() as db:
        bulk = bulks.by_key(db, work.subject)
        about = BULK_KINDS[bulk.kind]
        rows = bulks.unchecked(db, bulk.id, max(AT_ONCE, about.in_a_call)) if bulk.state == "checking" else []
    verdicts = about.check(bulk, rows) if rows else []
    with desk().writing() as db:
        for row, verdict in zip(rows, verdicts, strict=True):
            kept = db.get_one(BulkRow, row.id)
            kept.state, kept.why, kept.details = verdict.state, verdict.why[:500], verdict.details
        db.flush()
        left = bool(bulks.unchecked(db, bulk.id, 1))
        if not left:
            bulks.move(db, bulk.id, "checking", "checked")
        counts = bulks.counts(db, bulk.id)
    return Progress(bulk.rows - counts.get("waiting", 0), bulk.rows, counts.get("refused", 0), is_over=not left)


def one_by_one(look: Callable[[Bulk, BulkRow], Verdict]) -> Callable[[Bulk, Rows], list[Verdict]]:
    """Check each row alone; what REES46 refuses of one is said of that row."""

    def check(bulk: Bulk, rows: Rows) -> list[Verdict]:
        return [_look(bulk, row) for row in rows]

    def _look(bulk: Bulk, row: BulkRow) -> Verdict:
        try:
            return look(bulk, row)
        except Refused as refused:
            if isinstance(refused, NotAllowed | TooMany):
                raise
            return Verdict("refused", refused.message)

    return check


def do_some(work: Work) -> Progress:
    """Do the next rows."""
    with desk().writing() as db:
        bulk = bulks.by_key(db, work.subject)
        about = BULK_KINDS[bulk.kind]
        if about.is_repeatable:
            bulks.cut_off(db, bulk.id)
        is_running = bulk.state == "running"
        most = about.in_a_call if about.in_a_call > 1 or not about.is_repeatable else AT_ONCE
        rows = bulks.untried(db, bulk.id, most) if is_running else []
    rows = _still_fit(bulk, about, rows)
    for first in range(0, len(rows), about.in_a_call):
        _do(bulk, about, rows[first : first + about.in_a_call])
    with desk().writing() as db:
        is_over = not bulks.untried(db, bulk.id, 1)
        if is_over:
            bulks.move(db, bulk.id, "running", "done", ended=now())
        counts = bulks.counts(db, bulk.id)
    return _progress(counts, is_over=is_over)


def _still_fit(bulk: Bulk, about: BulkKind, rows: list[BulkRow]) -> list[BulkRow]:
    """Leave out rows that may not be done any more, and say why on them; of an approved act also what has changed."""
    stopped = {row.id: why for row in rows if about.still and (why := about.still(bulk, row))}
    if rows and _was_approved():
        found = zip(rows, about.check(bulk, rows), strict=True)
        changed = [row.id for row, verdict in found if (verdict.state, verdict.why) != (row.state, row.why)]
        stopped |= dict.fromkeys(changed, _("Changed since a second person was asked."))
    if not stopped:
        return rows
    with desk().writing() as db:
        for row_id, why in stopped.items():
            kept = db.get_one(BulkRow, row_id)
            kept.state, kept.why = "refused", why[:500]
    return [row for row in rows if row.id not in stopped]


def _was_approved() -> bool:
    with desk().reading() as db:
        return approvals.of_act(db, g.get("parent_act")) is not None


def _progress(counts: dict[str, int], *, is_over: bool) -> Progress:
    tried = sum(counts.get(outcome, 0) for outcome in ("done", "refused", "failed", "unknown"))
    total = sum(count for outcome, count in counts.items() if outcome != "same")
    return Progress(tried, total, counts.get("refused", 0) + counts.get("failed", 0), is_over=is_over)


def _do(bulk: Bulk, about: BulkKind, rows: Rows) -> None:
    """Do some rows with one call. A refusal is told of the rows; what is unclear stops the work, or is tried again."""

    def begun(db: Session, row: Act) -> None:
        bulks.take(db, rows, row.id)
        if about.begun:
            about.begun(db, bulk, rows, row)

    def ended(db: Session, ended: Ended) -> None:
        if ended.state == "failed" or (ended.state == "refused" and not _is_about_row(ended.error)):
            bulks.let_go(db, ended.act.id)
        if about.ended:
            about.ended(db, bulk, rows, ended)

    customer = rows[0].customer if len(rows) == 1 else None
    asked = None if customer else {"bulk": bulk.key, "customers": len(rows)}
    try:
        act(about.make(bulk, rows), About(customer, reason=bulk.reason, asked=asked, begun=begun, ended=ended))
    except Taken:
        return
    except Rees46Error as error:
        if not _is_about_row(error):
            raise


def _is_about_row(error: Exception | None) -> bool:
    """Whether REES46 refused a row rather than the shop or the number of calls."""
    return isinstance(error, Refused) and not isinstance(error, NotAllowed | TooMany)
