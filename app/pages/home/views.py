"""Home, its panels, and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request, url_for

from app.pages.home import page
from app.pages.home.changes import Days
from app.pages.home.palette import entries
from app.rees46.promo_codes import Lists
from app.store import acts, customers, promo_stock
from app.store.acts import Act
from app.store.paging import newest
from app.web.context import desk, settings
from app.web.rees46 import address_of, ask
from app.web.render import render
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LATELY = 8


@page.get("/")
def index() -> ResponseReturnValue:
    with desk().reading() as db:
        recent = customers.recent(db, me().id, shop().id)
        lately = newest(db, acts.wanted(shop_ids=(shop().id,), with_parts=False), Act.id, limit=LATELY)
    return render("home/index.html", recent=recent, lately=lately.rows)


@page.get("/state")
def state() -> ResponseReturnValue:
    """Whether REES46 answers, how fast, and which promo lists run low: one call tells it all."""
    lists = ask(Lists())
    with desk().reading() as db:
        levels = promo_stock.levels(db, shop().id)
    left = sorted((one.available, one.id, one.name or one.id) for one in lists if one.available is not None)
    low = [
        (name, available, url_for("promo_codes.list", list_id=list_id))
        for available, list_id, name in left
        if available < levels.get(list_id, promo_stock.WARN_BELOW)
    ]
    boxed = not shop().api_url and settings().in_a_box
    return render(
        "home/state.html",
        lists=lists,
        low=low,
        untold=len(lists) - len(left),
        address="" if boxed else address_of(shop()),
    )


@page.get("/changes")
def changes() -> ResponseReturnValue:
    """Subscription changes by day, with those that imports made or without."""
    days = Days.lately(with_imports=request.args.get("imports") != "no")
    return render("home/changes.html", days=days)


@page.get("/palette")
def palette() -> ResponseReturnValue:
    """Everything Ctrl+K offers to this person."""
    with desk().reading() as db:
        recent = customers.recent(db, me().id, shop().id)
    return render("home/palette.html", groups=entries(), recent=recent)
