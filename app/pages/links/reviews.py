"""What a second person sees of links that take codes from others before they approve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.links.conflicts import weigh
from app.pages.links.create import KIND
from app.pages.links.drafts import restored
from app.store.link_batches import LinkBatch
from app.web.safeguards.second_person import Review, facts_of, reviews_job
from app.work.batches import batch_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act
    from app.store.works import Work

MOST = 100  # codes that are listed


@reviews_job(KIND)
def review_links(db: Session, work: Work, act: Act) -> Review:
    """Where each code leads now, and where it would lead."""
    batch = batch_of(db, LinkBatch, work)
    made = [row for row in batch.rows if row.get("fate") == "make"]
    replacing = [one for one in weigh(db, batch.shop_id, restored(made)) if one.replaces and one.taken]
    lines = [(one.draft.code or "", one.taken.source if one.taken else "", one.draft.url) for one in replacing[:MOST]]
    lines.append((_("Links"), "", str(act.asked["links"])))
    kept = [(one.draft.code, one.taken.key if one.taken else "", one.draft.url) for one in replacing]
    return Review(lines, facts_of(kept, [(row["url"], row["code"], row["domain"], row["lifetime"]) for row in made]))
