"""What stands beside a product: the recommendation blocks of the shop, asked for this product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.products import page
from app.pages.products.forms import BlockForm
from app.pages.products.views.show import asked_id
from app.rees46.recommendations import Recommend
from app.store import recommender_blocks
from app.web.catalogue import NOBODY, row_of
from app.web.rees46 import About, ask, noted
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SHOWN = 8


@page.get("/beside")
def beside() -> ResponseReturnValue:
    """Show what one block gives beside one product, in its order."""
    item_id, code = asked_id(), request.args.get("code", "").strip()[:255]
    if not item_id or not code:
        return go(".index")
    block = ask(
        Recommend(recommender_code=code, item_id=item_id, did=NOBODY, limit=SHOWN, extended=True, prevent_shuffle=True)
    )
    return render(
        "products/beside.html", item_id=item_id, block=block, rows=[row_of(product) for product in block.products]
    )


@page.post("/blocks")
def keep_block() -> ResponseReturnValue:
    """Put a block on the pages of products."""
    form, item_id = BlockForm(), asked_id()
    if not form.validate_on_submit():
        return render("products/block.html", form=form, item_id=item_id)
    code, name = form.code.data.strip(), (form.name.data or "").strip()
    about = About(
        after={"code": code, "name": name},
        begun=lambda db, _row: recommender_blocks.keep(db, shop().id, code, name=name, is_beside=True),
    )
    with noted("products.KeepBlock", about):
        flash(_("The block %(code)s stands on product pages now.", code=code), "success")
    return go(".item", id=item_id) if item_id else go(".index")


@page.post("/blocks/drop")
def drop_block() -> ResponseReturnValue:
    """Take a block off the pages of products."""
    code, item_id = request.form.get("code", "").strip()[:255], asked_id()
    if not code or "\0" in code:
        abort(404)
    about = About(
        before={"code": code}, begun=lambda db, _row: recommender_blocks.take_off_products(db, shop().id, code)
    )
    with noted("products.DropBlock", about):
        flash(_("The block %(code)s stands on product pages no more.", code=code), "success")
    return go(".item", id=item_id) if item_id else go(".index")
