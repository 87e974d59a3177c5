"""What a second person sees of an import of the catalogue before they approve it: the same as its review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.pages.catalogue.kinds import KINDS
from app.pages.catalogue.work import WORK_OF
from app.store.catalogue_imports import CatalogueImport, names_in
from app.web.filters import number
from app.web.safeguards.second_person import Review, facts_of, reviews_job
from app.work.batches import batch_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act
    from app.store.works import Work

MOST = 50  # of what is lost, by name


@reviews_job(WORK_OF["running"])
def review_import(db: Session, work: Work, _act: Act) -> Review:
    """What is sent, what it does to what it does not name, and what is lost by it."""
    batch = batch_of(db, CatalogueImport, work)
    kind, effect = KINDS[batch.kind], names_in(batch.effect)
    lines = [
        (_("File"), "", batch.source),
        (str(kind.label), "", str(kind.does)),
        (_("Elements that are sent"), "", number(batch.count("good"))),
        (_("Rows that are left out"), "", number(batch.count("left"))),
    ]
    if batch.kind in {"stock", "categories", "removal"}:
        lost = batch.count("good" if batch.kind == "removal" else "lost")
        lines.append((_("What is lost by it"), number(lost), ""))
        lines += [(code, name, "") for code, name in effect[:MOST]]
    return Review(lines, facts_of(batch.key, batch.columns, batch.counts, effect, _sent_since(db, batch)))


def _sent_since(db: Session, batch: CatalogueImport) -> Any:
    """Which imports were sent before; what goes out or disappears was counted against them."""
    if batch.kind not in {"stock", "categories"}:
        return None
    here = (CatalogueImport.shop_id == batch.shop_id, CatalogueImport.state == "sent", CatalogueImport.id != batch.id)
    return tuple(db.execute(select(func.count(), func.max(CatalogueImport.ended)).where(*here)).one())
