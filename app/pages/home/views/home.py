"""Home, its blocks, and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request

from app.pages.home import page
from app.pages.home.changes import Days
from app.pages.home.palette import entries
from app.pages.home.stories import stories_of
from app.store import customers, exchanges
from app.store.people import Role
from app.web.context import desk
from app.web.panels.home_blocks import REGISTRY, blocks_for, read_blocks
from app.web.render import render
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SEARCHES_FIRST = (Role.SUPPORT, Role.VIEWER, Role.ADMIN)


@page.get("/")
def index() -> ResponseReturnValue:
    with desk().reading() as db:
        main, side = (read_blocks(db, blocks_for(Role(me().role_here), column)) for column in ("main", "side"))
        state = exchanges.state_of_shop(db, shop().id)
    return render(
        "home/index.html",
        first=main,
        beside=side,
        state=state,
        stories=stories_of(shop()),
        finds_here=me().role_here in SEARCHES_FIRST,
    )


@page.get("/blocks/<name>")
def block(name: str) -> ResponseReturnValue:
    """A block that asks REES46, by itself."""
    found = REGISTRY.blocks.get(name)
    if found is None or not found.asks or not me().may(found.page.sees):
        abort(404)
    return render("home/block.html", block=found, read=found.read())


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
