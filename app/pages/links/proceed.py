"""From URLs that were brought to links: at once when there is nothing to decide, else by way of a page that asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash

from app.pages.links.conflicts import weigh
from app.pages.links.create import begin, make_on
from app.pages.links.drafts import Draft, restored
from app.rees46.errors import Rees46Error
from app.store import link_batches
from app.store.link_batches import LinkBatch
from app.web.context import desk
from app.web.errors import in_words
from app.web.login import me
from app.web.render import go
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def keep(drafts: Sequence[Draft], once: str) -> LinkBatch:
    """Keep the URLs; the same click again finds the first one's, but not a form that was changed meanwhile."""
    rows = [one.kept() for one in drafts]
    content = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]
    batch = LinkBatch(shop_id=shop().id, person=me().name, rows=rows, once=f"{once[:40]}.{content}")
    with desk().writing() as db:
        return link_batches.keep(db, batch)


def onward(batch: LinkBatch) -> ResponseReturnValue:
    """Make the links at once when there is nothing to decide; else lead to the page that asks."""
    if batch.state == "draft":
        with desk().reading() as db:
            weighed = weigh(db, batch.shop_id, restored(batch.rows))
        if all(one.is_clean for one in weighed) and begin(batch, {}):
            return go_on(batch)
    return go("links.batch", key=batch.key)


def go_on(batch: LinkBatch) -> ResponseReturnValue:
    """Make what is still to be made, as far as one request goes, and show how far that was."""
    try:
        make_on(batch)
    except Rees46Error as error:
        said = in_words(error)
        flash(f"{said['happened']} {said['advice']}", "danger")
        return go("links.batch", key=batch.key, paused=1)
    return go("links.batch", key=batch.key)
