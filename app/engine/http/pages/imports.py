"""`GET /imports`: what became of the imports that the box accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, abort, request

from app.engine.http.access import of_a_shop, shops_to_choose
from app.engine.http.html import LARGEST_ROW, page, row
from app.engine.store import jobs
from app.engine.store.db import Db
from app.engine.store.webhooks import webhooks_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

ON_A_PAGE = 50


def init_app(app: Flask) -> None:
    """Add the routes."""
    app.add_url_rule("/imports", "pages.imports", newest)
    app.add_url_rule(f"/imports/<int(max={LARGEST_ROW}):number>", "pages.import", report)


@of_a_shop
def newest(db: Db) -> Response:
    """List imports, newest first; `before` in the address leads to earlier ones."""
    found = jobs.last_jobs(db, ON_A_PAGE + 1, request.args.get("before", type=row))
    shown = found[:ON_A_PAGE]
    older = shown[-1].id if len(found) > ON_A_PAGE else None
    return page("imports.html", shop=db.shop, shops=shops_to_choose(db), jobs=shown, older=older)


@of_a_shop
def report(db: Db, number: int) -> Response:
    """Show one import with what there is to say of its rows."""
    job = db.get(jobs.Job, number)
    if job is None or job.shop_id != db.shop.id:
        abort(404)
    return page(
        "import.html",
        shop=db.shop,
        shops=shops_to_choose(db),
        job=job,
        remarks=jobs.remarks_of(db, job.id),
        webhook=webhooks_of(db, [job.id]).get(job.id),
        elsewhere=jobs.waits_for_a_host(db.at.settings, job, db.now),
        given_up=job.accepted + jobs.GIVEN_UP,
    )
