"""From URLs that were brought to links: at once when there is nothing to decide, else by way of a page that asks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.pages.links.conflicts import weigh
from app.pages.links.create import KIND, begin
from app.pages.links.drafts import Draft, restored
from app.store import brought_files, link_batches, short_links
from app.store.link_batches import LinkBatch
from app.web.context import desk, settings
from app.web.render import go
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.batches import go_on_and_tell

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SECONDS = 5.0  # that one request spends on making links


def keep(
    drafts: Sequence[Draft], once: str, reading: dict[str, Any] | None = None, content: bytes | None = None
) -> LinkBatch:
    """Keep the URLs; the same click again finds the first one's, but not a form that was changed meanwhile."""
    rows = [draft.kept() for draft in drafts]
    digest = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]
    batch = LinkBatch(
        shop_id=shop().id, person=me().name, rows=rows, once=f"{once[:40]}.{digest}", reading=reading or {}
    )
    with desk().writing() as db:
        if content is not None:
            batch.file_id = brought_files.keep(db, batch.shop_id, "", content, settings().key).id
        return link_batches.keep(db, batch)


def onward(batch: LinkBatch) -> ResponseReturnValue:
    """Make the links at once when there is nothing to decide; else lead to the page that asks."""
    if batch.state == "draft" and not must_be_seen(batch):
        with desk().reading() as db:
            weighed = weigh(db, batch.shop_id, restored(batch.rows))
        if all(one.is_clean for one in weighed) and begin(batch, {}):
            return go_on(batch)
    return go("links.batch", key=batch.key)


def must_be_seen(batch: LinkBatch) -> bool:
    """Whether somebody has to look first: at own codes that were brought, at cells of no use, and at uncut URLs."""
    if not batch.reading:
        return False
    is_unsure = batch.file_id is not None and any(re.search(r"[,;|]", row["url"]) for row in batch.rows)
    return is_unsure or any(row["code"] or row.get("more") for row in batch.rows)


def go_on(batch: LinkBatch) -> ResponseReturnValue:
    """Make what is still to be made: as much as one request does, and the rest goes on by itself."""
    with desk().reading() as db:
        is_any_waiting = bool(short_links.waiting(db, batch.id, 1))
    if is_any_waiting:
        go_on_and_tell(KIND, batch.key, seconds=SECONDS)
    return go("links.batch", key=batch.key)
