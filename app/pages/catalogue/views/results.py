"""Imports of the catalogue: the list of them, one of them, and files of what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _

from app.pages.catalogue import page, standing
from app.pages.catalogue.columns import columns
from app.pages.catalogue.faults import in_words, summary
from app.pages.catalogue.forms import ImportFilters, RunForm, number_words
from app.pages.catalogue.kinds import KINDS
from app.pages.catalogue.sampling import look
from app.pages.catalogue.work import WORK_OF
from app.store import catalogue_imports as store
from app.store import products_seen
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from app.store.paging import newest
from app.web.context import desk
from app.web.http.csv import csv_answer
from app.web.loaders import load_or_404
from app.web.page import MARKETERS, needs
from app.web.paging_args import whole_number
from app.web.render import render
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page
from app.work.batches import work_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

PROBLEMS = 100  # rows on a page
LOST = 50


@page.record_once
def for_templates(state: object) -> None:
    state.app.jinja_env.globals |= {  # type: ignore[attr-defined]  # Flask's BlueprintSetupState
        "kinds_of_catalogue": KINDS,
        "fault_of_catalogue": summary,
        "lost_by": number_words,
    }


@page.get("/")
def index() -> ResponseReturnValue:
    form = ImportFilters()
    return list_page("catalogue/index.html", lambda db, at: _listing(db, form, at))


def _listing(db: Session, form: ImportFilters, at: dict[str, Any]) -> Listing[CatalogueImport]:
    kind = (form.kind.data or "") if form.validate() else ""
    found = newest(db, store.of_shop(shop().id, kind), CatalogueImport.id, **at)
    return Listing(_("Imports, newest first"), columns(), found, form, file="catalogue-imports")


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    return shown(load_or_404(CatalogueImport, key=key), RunForm(formdata=None))


def shown(batch: CatalogueImport, form: RunForm) -> ResponseReturnValue:
    """Show an import as far as it is."""
    outcomes, to_see = standing.outcomes_of(batch)
    rows, more = _problems_on_page(batch)
    is_checked = batch.state == "checked"
    return render(
        "catalogue/show.html",
        batch=batch,
        form=form,
        kind=KINDS[batch.kind],
        outcomes=outcomes,
        to_see=to_see,
        wanted=standing.wanted_number(batch) if is_checked else None,
        lost=_named(store.names_in(batch.effect)[:LOST]) if is_checked else [],
        is_measured=standing.is_measured(batch),
        missing=standing.missing_of(batch),
        faults=standing.faults_of(batch),
        problems=rows,
        more=more,
        waits_for=standing.waits_for(batch) if is_checked else [],
        minutes=standing.minutes_for(batch.parts),
        work=work_on(WORK_OF[batch.state], batch.key) if batch.is_at_work else None,
    )


def _named(lost: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Name products as far as the desk has seen them."""
    nameless = [item for item, name in lost if not name]
    with desk().reading() as db:
        seen = products_seen.by_items(db, shop().id, nameless)
    return [(item, name or (seen[item].name if item in seen else "")) for item, name in lost]


def _problems_on_page(batch: CatalogueImport) -> tuple[list[tuple[int, str, list[str]]], int | None]:
    """Give some rows with something wrong, and the last row of them if there are more."""
    behind = whole_number(request.args.get("behind")) or 0
    found: list[tuple[int, str, list[str]]] = []
    for row, item, words in _problems(batch):
        if row > behind:
            if len(found) == PROBLEMS:
                return found, found[-1][0]
            found.append((row, item, words))
    return found, None


def _problems(batch: CatalogueImport) -> Iterator[tuple[int, str, list[str]]]:
    behind = -1
    while True:
        with desk().reading() as db:
            part = db.scalar(store.parts_of(batch.id).where(CataloguePart.number > behind).limit(1))
        if part is None:
            return
        behind = part.number
        for row, item, faults in part.problems:
            yield row, item, [in_words(batch.kind, fault) for fault in faults]


@page.get("/<key>/problems.csv")
@needs(MARKETERS)
def problems(key: str) -> ResponseReturnValue:
    """Every row with something wrong, as a file."""
    batch = load_or_404(CatalogueImport, key=key)
    rows = ([row, item, " ".join(words)] for row, item, words in _problems(batch))
    return csv_answer(f"catalogue-{batch.key}-problems", ["row", "id", "problem"], rows)


@page.get("/<key>/lost.csv")
@needs(MARKETERS)
def lost(key: str) -> ResponseReturnValue:
    """Everything that is lost by it, as a file."""
    batch = load_or_404(CatalogueImport, key=key)
    return csv_answer(f"catalogue-{batch.key}-lost", ["id", "name"], store.names_in(batch.effect))


@page.get("/<key>/sample")
def sample(key: str) -> ResponseReturnValue:
    """Look at a few of its elements in REES46; a panel."""
    batch = load_or_404(CatalogueImport, key=key)
    return render("catalogue/sample.html", batch=batch, found=look(batch) if batch.kind != "locations" else [])
