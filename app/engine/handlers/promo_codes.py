"""Promo codes: what is left, more of them, and the next one for somebody."""

from __future__ import annotations

from typing import NoReturn

from app.engine.answers import Refusal, answers
from app.engine.store import promo_codes as store
from app.engine.store.db import Db
from app.rees46 import promo_codes
from app.rees46.replies import Done


@answers
def lists(db: Db, op: promo_codes.Lists) -> list[promo_codes.List]:
    """List the shop's promo lists, oldest first."""
    first = op.offset or 0
    found = [one for one in store.lists_of(db) if _is_wanted(one, op)][first : first + op.limit if op.limit else None]
    return [promo_codes.List(id=one.number, name=one.name, available=one.uploaded - one.handed_out) for one in found]


def _is_wanted(kept: store.PromoList, op: promo_codes.Lists) -> bool:
    """Compare a list with what was asked for."""
    if op.active and kept.uploaded == kept.handed_out:
        return False
    return kept.number not in (op.exclude or ()) and (op.include is None or kept.number in op.include)


@answers
def upload(db: Db, op: promo_codes.Upload) -> Done:
    """Add codes to a list. An unknown list and an empty upload are both 404, as the reference has it."""
    promo_list = _promo_list(db, op.id)
    if not op.codes:
        raise Refusal(404, "The list of promo codes is empty")
    store.upload(db, promo_list, op.codes)
    return Done()


@answers
def fetch(db: Db, op: promo_codes.Fetch) -> promo_codes.Fetched:
    """Hand out the next code: with the secret always a new one, to a device of a sticky list its own again."""
    promo_list = store.queue_to_take_from(db, op.id) or _no_such_list()
    if promo_list.is_sticky and op.did and not db.at.caller.has_secret:
        own = store.code_of(db, promo_list, op.did)
        if own:
            return promo_codes.Fetched(code=own)
    code = store.hand_out(db, promo_list, {"did": op.did, "seance": op.seance, "email": op.email})
    if code is None:
        raise Refusal(404, "The promo codes of this list are used up")
    return promo_codes.Fetched(code=code)


@answers
def purge(db: Db, op: promo_codes.Purge) -> Done:
    """Throw away what is left of a list."""
    store.purge(db, _promo_list(db, op.id))
    return Done()


@answers
def delete(db: Db, op: promo_codes.Delete) -> promo_codes.Deleted:
    """Delete the codes; a code that is said twice counts once."""
    codes = dict.fromkeys(op.codes)
    gone = store.remove(db, _promo_list(db, op.promo_code_list_id), codes)
    return promo_codes.Deleted(deleted_count=gone, not_found_count=len(codes) - gone)


def _promo_list(db: Db, number: str) -> store.PromoList:
    return store.list_to_change(db, number) or _no_such_list()


def _no_such_list() -> NoReturn:
    raise Refusal(404, "There is no such list of promo codes")
