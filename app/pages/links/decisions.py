"""What was decided about URLs that were brought: one by one, or all replacements of codes at once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.links.conflicts import weigh
from app.pages.links.drafts import restored
from app.web.context import desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.pages.links.conflicts import Weighed
    from app.pages.links.forms import DecideForm
    from app.store.link_batches import LinkBatch


def one_by_one(batch: LinkBatch) -> dict[int, str]:
    """The choice of each row that was shown."""
    return {row["row"]: request.form.get(f"choice-{row['row']}", "") for row in batch.rows}


def decided(batch: LinkBatch, form: DecideForm) -> dict[int, str] | None:
    """Read the choices; who types how many codes are replaced decides all. None: the form says what is wrong."""
    typed = (form.replace_all.data or "").strip()
    if not typed:
        return one_by_one(batch)
    with desk().reading() as db:
        replacing = [one for one in weigh(db, batch.shop_id, restored(batch.rows)) if one.replaces]
    if typed != str(len(replacing)):
        form.replace_all.errors = [
            _("Nothing was created. To replace all of these codes, type %(number)s here.", number=len(replacing))
        ]
        return None
    if form.seen.data != mark_of(replacing):
        form.refuse(_("Nothing was created. Other links have some of these codes now: look at them again."))
        return None
    return one_by_one(batch) | {one.draft.row: f"replace {one.taken.key}" for one in replacing if one.taken}


def mark_of(replacing: Sequence[Weighed]) -> str:
    """What tells whether the links that would lose their codes are still those that were shown."""
    shown = [f"{one.draft.row} {one.taken.key}" for one in replacing if one.taken]
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:16]
