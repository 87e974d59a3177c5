"""Logs of conversations held on other platforms."""

from __future__ import annotations

from app.engine.answers import answers
from app.engine.store.chats import Chat, chat_of
from app.engine.store.db import Db
from app.engine.store.identity import found_or_made
from app.rees46 import chats
from app.rees46.replies import Done


@answers
def save(db: Db, op: chats.Save) -> Done:
    """Keep a conversation, or replace the one with the same code; who is unknown is made."""
    customer = found_or_made(db, op.who())
    kept = chat_of(db, op.platform, op.code)
    if kept is None:
        kept = Chat(shop_id=db.shop.id, platform=op.platform, code=op.code)
        db.add(kept)
    kept.customer_id, kept.at, kept.data = customer.id, db.now, op.data
    return Done()
