"""A shop made from a seed file, as the box starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engine.control.seeding import empty, put
from app.engine.http.app import create_box
from app.engine.store.db import Circumstances
from app.engine.store.shops import Shop, keep_if_unreadable, shop_of

if TYPE_CHECKING:
    from app.config import Settings
    from app.seed_file import SeedFile


def open_shop(settings: Settings, file: SeedFile) -> None:
    """Make the shop of a file with all that the file says, unless the shop is there."""
    box = create_box(settings)
    database = box.extensions["db"]
    with database.writing() as db:
        if file.shop is None:
            return
        if shop := shop_of(db, file.shop.shop_id):
            keep_if_unreadable(shop, file.shop.secret, settings.key)
            return
        shop = Shop(**file.shop.model_dump())
        shop.keep_secret(file.shop.secret, settings.key)
        db.add(shop)
    try:
        with box.test_request_context():
            put(box, Circumstances(shop, settings), file)
    except BaseException:
        with database.writing() as db:  # so that the next start, with a better file, begins anew
            empty(db, shop.id)
            db.delete(db.get_one(Shop, shop.id))
        raise
    finally:
        database.engine.dispose()
