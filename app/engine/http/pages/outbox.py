"""`GET /outbox`: every message the box delivered, as a mail catcher shows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request, url_for

from app.engine.http.access import enter, of_a_shop, shops_to_choose
from app.engine.http.html import page, row, text_page
from app.engine.store import messages
from app.engine.store.db import Db
from app.engine.store.identity import find
from app.rees46.push_payloads import payloads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from app.engine.store.messages import Message, MessageFile

ON_A_PAGE = 50
LARGEST_NUMBER = 2**31 - 1


def init_app(app: Flask) -> None:
    """Add the routes."""
    app.add_url_rule("/outbox", "pages.outbox", newest)
    app.add_url_rule("/outbox", "pages.search", search, methods=["POST"])
    app.add_url_rule("/outbox/open", "pages.open", enter, methods=["POST"])
    app.add_url_rule("/outbox/<code>", "pages.message", message)
    app.add_url_rule("/outbox/<code>/letter", "pages.letter", letter)
    app.add_url_rule("/outbox/files/<int:number>", "pages.file", file)


@of_a_shop
def newest(db: Db) -> AnyResponse:
    """List what was sent last; `before` in the address leads to what was sent earlier."""
    before = request.args.get("before", type=row)
    return _list(db, messages.sent(db, ON_A_PAGE + 1, before), recipient="")


@of_a_shop
def search(db: Db) -> AnyResponse:
    """List what was sent to somebody. An address never stands in a URL, so the way to older ones is a form too."""
    recipient = request.form.get("recipient", "").strip()[:255]
    before = request.form.get("before", type=row)
    if not recipient:
        return newest()
    return _list(db, _to(db, recipient, before), recipient)


def _to(db: Db, recipient: str, before: int | None) -> Sequence[Message]:
    """Find by the person, which finds their pushes too, or else by the bare address or token."""
    kind = "email" if "@" in recipient else "phone"
    customer = find(db, {kind: recipient})
    if customer:
        return messages.sent(db, ON_A_PAGE + 1, before, customer=customer.id)
    return messages.sent(db, ON_A_PAGE + 1, before, recipient=recipient)


def _list(db: Db, found: Sequence[Message], recipient: str) -> Response:
    shown = found[:ON_A_PAGE]
    return page(
        "outbox.html",
        shop=db.shop,
        shops=shops_to_choose(db),
        messages=shown,
        recipient=recipient,
        names=messages.campaign_names(db, shown),
        older=shown[-1].id if len(found) > ON_A_PAGE else None,
        excerpt=_excerpt,
    )


def _excerpt(message: Message) -> str:
    parts = message.parts
    return (parts.get("subject") or parts.get("title") or parts.get("text") or "").strip()[:120]


@of_a_shop
def message(db: Db, code: str) -> AnyResponse:
    """Show one sending: what went over each channel."""
    found = messages.with_code(db, code)
    if not found:
        abort(404)
    return page(
        "message.html",
        shop=db.shop,
        shops=shops_to_choose(db),
        messages=found,
        names=messages.campaign_names(db, found),
        payloads={sent.id: _written(sent) for sent in found},
        letter=url_for("pages.letter", code=code),
        files=_by_message(messages.files_of(db, found)),
    )


def _by_message(files: Sequence[MessageFile]) -> dict[int, list[MessageFile]]:
    found: dict[int, list[MessageFile]] = {}
    for each in files:
        found.setdefault(each.message_id, []).append(each)
    return found


@of_a_shop
def file(db: Db, number: int) -> AnyResponse:
    """Give a file that went along with an e-mail, to be saved and never to be run."""
    found = messages.file_numbered(db, number) if number <= LARGEST_NUMBER else None
    if found is None:
        abort(404)
    answer = Response(found.content, mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    return answer


def _written(message: Message) -> dict[str, str]:
    told = payloads(message.channel, message.parts, message.kind, message.code)
    return {device: json.dumps(said, indent=2, ensure_ascii=False) for device, said in told.items()}


@of_a_shop
def letter(db: Db, code: str) -> AnyResponse:
    """Show an e-mail as its reader sees it: in a sandbox, without scripts, forms or anything from elsewhere."""
    found = next((sent for sent in messages.with_code(db, code) if sent.channel == "email"), None)
    if found is None:
        abort(404)
    return text_page(found.parts.get("html", ""), "default-src 'none'; sandbox")
