"""Push tokens: where push messages for an app go."""

from __future__ import annotations

from app.engine.answers import answers
from app.engine.store.db import Db
from app.engine.store.devices import device_found_or_made, register_token
from app.engine.store.identity import found_or_made
from app.rees46 import push_tokens


@answers
def add(db: Db, op: push_tokens.Add) -> push_tokens.Nothing:
    """Attach a token to a device, which gets an owner if it has none."""
    found_or_made(db, {"did": op.did})
    register_token(db, device_found_or_made(db, op.did), op.token, op.platform)
    return push_tokens.Nothing()
