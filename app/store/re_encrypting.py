"""Encrypting anew what the desk keeps, with the digests by which it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from app import re_encrypting, store
from app.re_encrypting import Done, Ways
from app.schema import load_models
from app.secret_key import id_of
from app.store import (
    brought_files,
    catalogue_imports,
    customer_traces,
    matrix_upkeep,
    promo_uploads,
    seal_keys,
    sent_chats,
    trail_check,
    upkeep,
    waiters,
)
from app.store.base import Base
from app.store.brought_files import BroughtFile
from app.store.sent_chats import SentToken
from app.store.waiters import Waiter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import RowMapping
    from sqlalchemy.orm import Session

    from app.config import Settings
    from app.database import Database
    from app.secret_key import SecretKey


def re_encrypt(database: Database[Session], settings: Settings) -> Iterator[Done]:
    """Encrypt everything anew, and keep what older keys sealed the trail with."""
    load_models(store)
    with database.writing() as db:
        yield Done("seal_keys", renewed=seal_keys.keep_older(db, settings.key))
    yield from re_encrypting.re_encrypt(database, Base.metadata, settings.key, _ways(settings.key))
    with database.writing() as db:  # of older releases: what is not kept with them is read again each night
        db.execute(delete(Waiter).where(Waiter.locked.is_(None)))
        if not list(trail_check.head_troubles(db, settings.key, settings.var)):
            trail_check.write_head(db, settings.key, settings.var)


def result_of(key: SecretKey, done: list[Done]) -> dict[str, int | str]:
    """Say for the trail that it was done; what none of these keys reads needs another one."""
    renewed, unreadable = sum(one.renewed for one in done), sum(one.unreadable for one in done)
    return {"key": id_of(key.newest), "renewed": renewed, "unreadable": unreadable}


def is_done_for(db: Session, key: SecretKey) -> bool:
    """Whether everything was encrypted with the newest key since it is there."""
    last = upkeep.last(db, "upkeep.ReEncrypt")
    return last is not None and (last.after or {}).get("key") == id_of(key.newest)


def tokens_without(db: Session) -> int:
    """Count the push tokens of older releases: kept as digests alone, they cannot be named anew."""
    return db.scalar(select(func.count()).select_from(SentToken).where(SentToken.locked.is_(None))) or 0


def _ways(key: SecretKey) -> Ways:
    def of_chunk(db: Session, row: RowMapping) -> str:
        return brought_files.place_of(db.get_one(BroughtFile, row["file_id"]), row["number"])

    def newest(digests: list[str], column: str = "digest") -> dict[str, str]:
        return {column: digests[0]}

    return Ways(
        abouts={"file_chunks": of_chunk, "matrix_cells": lambda _db, row: matrix_upkeep.picture_place(row["id"])},
        digests={
            "customer_traces": lambda row, text: newest(customer_traces.digests_of(row["kind"], text, key)),
            "promo_uploads": lambda _row, text: newest(promo_uploads.digests_of(text, key)),
            "sent_tokens": lambda _row, text: newest(sent_chats.digests_of(text, key)),
            "waiters": lambda _row, text: newest(waiters.digests_of(text, key), "contact"),
            "catalogue_imports": lambda _row, text: newest(catalogue_imports.digests_of(text, key), "hook_digest"),
        },
    )
