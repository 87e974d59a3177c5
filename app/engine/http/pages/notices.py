"""`GET /notices`: imports of a shop that did not go as they should, as JSON; the dashboard shows them to its staff.

They are of any kind: the catalogue, orders, bonuses, people. Rows were left out, or something that concerns all rows.

It takes shop_id in the query and the secret in X-Shop-Secret. REES46 sends e-mails of these instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, current_app, jsonify, request

from app.engine.answers import Refusal
from app.engine.http.html import row
from app.engine.store.db import Circumstances, Db
from app.engine.store.jobs import Job, failed_jobs, remarks_of
from app.engine.store.shops import is_secret_of, shop_of
from app.engine.store.webhooks import Webhook, webhooks_of
from app.rees46.request import SECRET_HEADER

if TYPE_CHECKING:
    from flask import Response

    from app.config import Settings
    from app.database import Database

AT_ONCE = 20
MOMENT = "%Y-%m-%d %H:%M:%S"
ROWS = 100  # of one import


def init_app(app: Flask) -> None:
    """Add the route."""
    app.add_url_rule("/notices", "pages.notices", notices)


def notices() -> Response:
    """List them, newest first; `before` is the id of the last one of the page before."""
    database: Database[Db] = current_app.extensions["db"]
    with database.reading() as db:
        shop = shop_of(db, request.args.get("shop_id", ""))
        if shop is None:
            raise Refusal(401, "Shop not found")
        settings: Settings = current_app.extensions["settings"]
        if not is_secret_of(shop, request.headers.get(SECRET_HEADER, ""), settings.key):
            raise Refusal(403, "Invalid secret key")
        db.at = Circumstances(shop, settings)
        jobs = failed_jobs(db, AT_ONCE, request.args.get("before", type=row))
        told = webhooks_of(db, [job.id for job in jobs])
        return jsonify([_notice(db, job, told.get(job.id)) for job in jobs])


def _notice(db: Db, job: Job, webhook: Webhook | None) -> dict[str, object]:
    return {
        "id": job.id,
        "kind": job.kind,
        "total": job.total,
        "done": job.done,
        "left_out": job.skipped,
        "accepted": f"{job.accepted:{MOMENT}}",
        "finished": job.finished and f"{job.finished:{MOMENT}}",
        "remarks": [{"row": remark.row, "words": remark.words} for remark in remarks_of(db, job.id, ROWS)],
        "webhook": webhook and {"state": webhook.state, "attempts": webhook.attempts, "words": webhook.last_words},
    }
