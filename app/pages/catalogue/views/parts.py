"""Parts that did not go well: sent again alone, or settled by who knows what became of them. And being told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, g, request
from flask_babel import gettext as _
from pydantic import ValidationError
from sqlalchemy import update

from app.pages.catalogue import page, webhooks
from app.pages.catalogue.sending import remember
from app.pages.catalogue.work import begin, move
from app.rees46.webhooks import Outcome
from app.store import acts
from app.store import catalogue_imports as store
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from app.store.shops import Shop
from app.web.context import desk
from app.web.http.security import csrf
from app.web.loaders import load_or_404
from app.web.page import open_to_all
from app.web.paging_args import whole_number
from app.web.rees46 import About, new_act
from app.web.render import go
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LONGEST = 16_000  # bytes of what a webhook says


@page.post("/<key>/again")
def again(key: str) -> ResponseReturnValue:
    """Send the parts again of which REES46 told an error, and no other."""
    batch = load_or_404(CatalogueImport, key=key)
    failed = (CataloguePart.import_id == batch.id, CataloguePart.state == "sent", CataloguePart.told == "error")
    with desk().writing() as db:
        here = db.get_one(CatalogueImport, batch.id, with_for_update=True)
        is_over = here.state == "sent"
        if is_over:
            db.execute(update(CataloguePart).where(*failed).values(state="checked", told=None, told_at=None))
    if is_over and _go_on(batch, "sent", "again"):
        return go(".show", key=key)
    flash(_("This import is running; nothing was started a second time."), "info")
    return go(".show", key=key)


@page.post("/<key>/go-on")
def go_on(key: str) -> ResponseReturnValue:
    """Go on with an import that was stopped: what was not read is read, what was not sent is sent."""
    batch = load_or_404(CatalogueImport, key=key)
    if batch.state == "stopped" and not batch.forgotten:
        with desk().reading() as db:
            is_sending = any(
                state in {"sent", "unknown"} and items
                for (state, _told), (_n, items) in store.states(db, batch.id).items()
            )
        if is_sending:
            _go_on(batch, "stopped", "go on")
        elif batch.columns and move(batch, "stopped", "checking" if "lost" not in batch.counts else "checked"):
            if batch.state == "checking":
                begin(batch)
        else:
            move(batch, "stopped", "draft")
    return go(".show", key=key)


def _go_on(batch: CatalogueImport, before: str, how: str) -> bool:
    asked = {"import": batch.key, "kind": batch.kind, "how": how, "items": batch.count("good")}
    act = new_act("catalogue.Run", shop(), About(), asked)
    if batch.hook is None and webhooks.may_be_told(shop()):
        webhooks.open_for(batch)
    is_moved = move(batch, before, "running", act, hook=batch.hook, hook_digest=batch.hook_digest)
    if is_moved:
        begin(batch)
    return is_moved


@page.post("/<key>/parts/<part>")
def settle(key: str, part: str) -> ResponseReturnValue:
    """Say whether a part arrived of which nobody knew; one that did not is sent again."""
    batch = load_or_404(CatalogueImport, key=key)
    number, arrived = whole_number(part), request.form.get("arrived") == "yes"
    if number is None:
        abort(404)
    with desk().writing() as db:
        here = store.part_numbered(db, batch.id, number) or abort(404)
        is_open = here.state == "unknown"
        if is_open:
            here.state = "sent" if arrived else "checked"
            about = About(reason=_("It arrived") if arrived else _("It did not arrive"))
            asked = {"import": batch.key, "part": number}
            row = store.act_of(db, here)
            by = new_act("catalogue.Arrived", shop(), about, asked)
            if row is None or not acts.settle(db, row, "done" if arrived else "failed", str(about.reason), by):
                db.add(acts.done_at_once(by))
            if arrived:
                remember(db, batch, here)
    if is_open and batch.state == "running":  # it stood still because of this part
        begin(batch)
    elif is_open and not arrived and batch.state == "sent":
        _go_on(batch, "sent", "again")
    return go(".show", key=key)


@page.post("/told/<secret>/<part>/<attempt>")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
@open_to_all
def told(secret: str, part: str, attempt: str) -> ResponseReturnValue:
    """Hear from REES46 how a part ended. Whoever knows the address may say only that, and only once."""
    request.max_content_length = LONGEST
    try:
        outcome = Outcome.model_validate_json(request.get_data(), extra="ignore")
    except ValidationError:
        abort(404)
    with desk().writing() as db:
        found = webhooks.part_of(db, secret, whole_number(part), whole_number(attempt))
        where = db.get(Shop, found[0].shop_id) if found else None
        if found is None or where is None or not where.active or where.slug != g.slug:
            abort(404)
        g.shop = where
        webhooks.believe(db, *found, outcome)
    return "", 204
