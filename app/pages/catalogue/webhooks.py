"""Being told how a part ended: where REES46 posts it, and what of that is believed.

REES46 signs nothing, so the address itself is the secret: 128 bits of each import, kept encrypted and found by digest.
It ends with its import, and all it can say is success or error of one part of that import, once.
"""

from __future__ import annotations

import ipaddress
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import current_app

from app import vault
from app.rees46.network import is_public
from app.store import acts
from app.store import catalogue_imports as store
from app.store.base import now
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from app.web.context import settings
from app.web.rees46 import About, address_of, new_act
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.webhooks import Outcome
    from app.store.shops import Shop

SECRET = 16  # bytes
WAITS = timedelta(minutes=10)  # after which nobody counts on being told any more
LISTENS = timedelta(days=1)  # after the last part was sent; then the address ends in any case
HERE = (".local", ".localhost", ".internal", ".lan", ".test")


def may_be_told(where: Shop) -> bool:
    """Whether the shop's REES46 can reach this desk by the address that people use."""
    if settings().box_private_webhooks and address_of(where) == str(current_app.extensions["box_url"]):
        return True
    host = (urlsplit(settings().public_url).hostname or "").lower()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host and not host.endswith(HERE)
    return is_public(host)


def open_for(batch: CatalogueImport) -> None:
    """Make the secret of an import."""
    secret = secrets.token_hex(SECRET)
    batch.hook = vault.lock(secret, settings().key)
    batch.hook_digest = store.digests_of(secret, settings().key)[0]


def address_for(batch: CatalogueImport, part: CataloguePart) -> str | None:
    """Give the address at which the next try of a part is told; none where nobody could reach it."""
    if batch.hook is None:
        return None
    secret = vault.unlock(batch.hook, settings().key)
    place: dict[str, Any] = {
        "shop": shop().slug,
        "secret": secret,
        "part": str(part.number),
        "attempt": str(part.tries + 1),
    }
    path = current_app.url_map.bind("").build("catalogue.told", place)  # work in the background has no request
    return settings().public_url.rstrip("/") + path


def part_of(
    db: Session, secret: str, number: int | None, attempt: int | None
) -> tuple[CatalogueImport, CataloguePart] | None:
    """Find what an address may speak of: the present try of a part, as long as its import listens."""
    batch = store.told_at(db, store.digests_of(secret, settings().key))
    if number is None or batch is None or batch.hook_until is None or batch.hook_until <= now():
        return None
    part = store.part_numbered(db, batch.id, number)
    return (batch, part) if part and part.tries == attempt and part.state != "checked" else None


def believe(db: Session, batch: CatalogueImport, part: CataloguePart, outcome: Outcome) -> None:
    """Keep what was told, the first time; that REES46 tells of a part shows that it has it."""
    if part.told is not None:
        return
    part.told, part.told_at = outcome.status, now()
    part.message = (outcome.message or "")[:500] or None if outcome.status == "error" else None
    if part.state == "unknown":
        part.state = "sent"
        _settle(db, part, batch)
    db.flush()
    if is_over(db, batch):
        close(batch)


def _settle(db: Session, part: CataloguePart, batch: CatalogueImport) -> None:
    row = store.act_of(db, part)
    if row is not None and row.is_open:
        by = new_act("catalogue.Told", shop(), About(), {"import": batch.key, "part": part.number})
        acts.settle(db, row, "done", "", by)


def is_over(db: Session, batch: CatalogueImport) -> bool:
    """Whether all parts went well: then nothing more is to be told."""
    return batch.state == "sent" and all(
        state == "sent" and (told == "success" or not items)
        for (state, told), (_parts, items) in store.states(db, batch.id).items()
    )


def close(batch: CatalogueImport) -> None:
    """Let the address lead nowhere any more."""
    batch.hook = batch.hook_digest = batch.hook_until = None
