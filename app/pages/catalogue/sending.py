"""Sending one part: it is written down before it goes out, and goes out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.pages.catalogue import files, webhooks
from app.pages.catalogue.kinds import KINDS
from app.store import acts, catalogue_sent
from app.store import catalogue_imports as store
from app.store.base import now
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from app.web.context import desk
from app.web.rees46 import About, act

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.operation import Operation
    from app.store.acts import Act
    from app.web.rees46 import Ended

AFTER = {"done": "sent", "unknown": "unknown", "refused": "checked", "failed": "checked"}


class Overtaken(Exception):
    """Another worker has this part."""


def give_up_cut_off(batch: CatalogueImport) -> None:
    """Of a part whose worker died while it was sent nobody knows: it is not sent again by itself."""
    with desk().writing() as db:
        while part := store.next_part(db, batch.id, "sending"):
            part.state = "unknown"
            if part.act_id is not None:
                acts.end(db, part.act_id, "unknown")
            db.flush()


def send_next(batch: CatalogueImport) -> bool:
    """Send the next part; False when there is none."""
    with desk().reading() as db:
        part = store.next_part(db, batch.id, "checked")
    if part is None:
        return False
    listed = b"".join((b"[", files.content_of(batch.shop_id, part.file_id), b"]"))
    about = About(asked=_summary(batch, part), begun=_begun(part), ended=_ended(batch, part))
    act(_call(batch, part), about, listed=listed)
    return True


def _call(batch: CatalogueImport, part: CataloguePart) -> Operation[Any]:
    kind = KINDS[batch.kind]
    told_at = webhooks.address_for(batch, part)
    return kind.operation(**{kind.list_name: [], **({"webhook": told_at} if told_at else {})})


def _summary(batch: CatalogueImport, part: CataloguePart) -> dict[str, Any]:
    """What the trail keeps of the call: which part of which import, not what is in it."""
    return {"import": batch.key, "part": part.number, "items": part.items, "bytes": part.size}


def _begun(part: CataloguePart) -> Any:
    def begun(db: Session, row: Act) -> None:
        here = db.get_one(CataloguePart, part.id, with_for_update=True)
        if here.state != "checked":
            raise Overtaken
        here.state, here.act_id, here.tries = "sending", row.id, here.tries + 1
        here.sent, here.told, here.told_at, here.message = now(), None, None, None
        db.get_one(CatalogueImport, here.import_id).hook_until = now() + webhooks.LISTENS

    return begun


def _ended(batch: CatalogueImport, part: CataloguePart) -> Any:
    def ended(db: Session, ended: Ended) -> None:
        here = db.get_one(CataloguePart, part.id, with_for_update=True)
        if here.act_id == ended.act.id and here.state in {"sending", "unknown"}:
            here.state = AFTER[ended.state] if here.told is None else "sent"
            if here.state == "sent":
                remember(db, batch, here)

    return ended


def remember(db: Session, batch: CatalogueImport, part: CataloguePart) -> None:
    """Note what the desk has said of the catalogue."""
    if batch.kind == "locations":
        catalogue_sent.add_locations(db, batch.shop_id, (item for _row, item in store.keys_of(part)))
        return
    ids = [item for _row, item in store.keys_of(part)]
    if batch.kind == "stock":
        catalogue_sent.replace_stock(db, batch.shop_id, batch.id, ids)
    elif batch.kind == "removal":
        catalogue_sent.add_stock(db, batch.shop_id, batch.id, ids, is_in=False)
    elif batch.kind == "products":
        out = set(part.out)
        catalogue_sent.add_stock(db, batch.shop_id, batch.id, [one for one in ids if one not in out], is_in=True)
        catalogue_sent.add_stock(db, batch.shop_id, batch.id, [one for one in ids if one in out], is_in=False)
