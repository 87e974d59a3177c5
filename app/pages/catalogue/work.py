"""Imports of the catalogue as long work: files are checked, and parts are sent, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from app.pages.catalogue import checking, sending, webhooks
from app.store import catalogue_imports as store
from app.store import works
from app.store.base import now
from app.store.catalogue_imports import CatalogueImport
from app.web.context import desk
from app.web.page import MARKETERS
from app.web.tables.upload import Unreadable
from app.work.batches import batch_of, go_on, queue
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act
    from app.store.works import Work

WORK_OF = {"checking": "catalogue.check", "running": "catalogue.send"}
SMALL = 1_000_000  # bytes of a file that the request which begins it may be at
SECONDS = 2.0  # that such a request spends


def begin(batch: CatalogueImport) -> None:
    """Do at once what is soon done; a worker does the rest."""
    go_on(WORK_OF[batch.state], batch.key, title=batch.source, seconds=SECONDS if batch.size < SMALL else 0)


def move(batch: CatalogueImport, before: str, then: str, act: Act | None = None, **more: Any) -> bool:
    """Move it on, and queue the work of a stage; of two clicks only one does."""
    here = update(CatalogueImport).where(CatalogueImport.id == batch.id, CatalogueImport.state == before)
    with desk().writing() as db:
        is_moved = bool(db.execute(here.values(state=then, **more)).rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it
        if is_moved and before in WORK_OF and (work := works.of_subject(db, batch.shop_id, WORK_OF[before], batch.key)):
            works.wish(db, work.id, "cancel")
        if is_moved and then in WORK_OF:
            queue(db, WORK_OF[then], batch.key, batch.source, _total(batch, then), act=act)
    batch.state = then if is_moved else batch.state
    return is_moved


def _total(batch: CatalogueImport, state: str) -> int:
    return batch.count("good") if state == "running" else 0


def take_back(db: Session, work: Work) -> None:
    """Lead an import of which nothing was sent back to its review."""
    batch = batch_of(db, CatalogueImport, work)
    if batch.state == "running":
        batch.state = "checked"


@kind(
    "catalogue.check",
    label=_l("Check a catalogue"),
    page="catalogue.show",
    needs=MARKETERS,
    is_repeatable=True,
    ends_on_page=True,
)
def check_some(work: Work) -> Progress:
    """Check a block."""
    batch = _batch(work)
    if batch.state == "checking":
        try:
            checking.check(batch)
        except Unreadable as unreadable:
            _stop(batch, unreadable.words)
    here = _batch(work)
    return Progress(here.read_rows, here.read_rows, here.count("left"), is_over=here.state != "checking")


@kind(
    "catalogue.send",
    label=_l("Import a catalogue"),
    page="catalogue.show",
    needs=MARKETERS,
    is_repeatable=False,
    ends_on_page=True,
    taken_back=take_back,
)
def send_some(work: Work) -> Progress:
    """Send a part."""
    batch = _batch(work)
    if batch.state == "running":
        try:
            sending.give_up_cut_off(batch)
            if not sending.send_next(batch):
                _end(batch)
        except sending.Overtaken:
            pass
        except Unreadable as unreadable:
            _stop(batch, unreadable.words)
    with desk().reading() as db:
        here, states = _batch(work), store.states(db, batch.id)
    total = sum(items for _parts, items in states.values())
    done = sum(items for (state, _told), (_parts, items) in states.items() if state in {"sent", "unknown"})
    return Progress(done, total, is_over=here.state != "running")


def _batch(work: Work) -> CatalogueImport:
    with desk().reading() as db:
        return batch_of(db, CatalogueImport, work)


def _stop(batch: CatalogueImport, words: str) -> None:
    with desk().writing() as db:
        here = db.get_one(CatalogueImport, batch.id)
        here.state, here.reading = "stopped", here.reading | {"trouble": words}


def _end(batch: CatalogueImport) -> None:
    with desk().writing() as db:
        here = db.get_one(CatalogueImport, batch.id)
        if here.state == "running":
            here.state, here.ended = "sent", now()
            db.flush()
            if here.hook and webhooks.is_over(db, here):
                webhooks.close(here)
