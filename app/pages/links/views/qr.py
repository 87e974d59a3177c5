"""QR codes: one to look at and download, many to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, request, url_for

from app.pages.links import page
from app.pages.links.forms import SymbolForm
from app.pages.links.qr_codes import LEVELS, SIZES, png, svg
from app.pages.links.views.batches import batch_or_404
from app.pages.links.views.ledger import link_or_404
from app.store import short_links
from app.store.short_links import ShortLink
from app.web.context import desk
from app.web.paging_args import whole_number
from app.web.qr_codes import draw
from app.web.render import render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

ON_A_SHEET = 24
KINDS = {"svg": ("image/svg+xml", svg), "png": ("image/png", png)}


@page.get("/<key>/qr")
def qr(key: str) -> ResponseReturnValue:
    one = _made(key)
    level, size = _wanted()
    form = SymbolForm(data={"level": level, "size": size})
    symbol = draw(one.short or "", level)
    return render("links/qr.html", one=one, form=form, symbol=symbol, pixels=symbol.side * SIZES[size][0])


@page.get("/<key>/qr.<any(svg, png):kind>")
def qr_file(key: str, kind: str) -> ResponseReturnValue:
    one = _made(key)
    level, size = _wanted()
    mimetype, save = KINDS[kind]
    answer = Response(save(one.short or "", level, SIZES[size][0]), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="qr-{one.code}.{kind}"'
    return answer


def _made(key: str) -> ShortLink:
    one = link_or_404(key)
    return one if one.short else abort(404)


def _wanted() -> tuple[str, str]:
    """Read level and size from the URL; nonsense counts as nothing."""
    level, size = request.args.get("level", ""), request.args.get("size", "")
    return (level if level in LEVELS else next(iter(LEVELS))), (size if size in SIZES else next(iter(SIZES)))


@page.get("/sheet")
def sheet() -> ResponseReturnValue:
    """Lay out QR codes for cutting: of the links that are named, or of a batch, one sheet at a time."""
    level, _size = _wanted()
    links, following = _of_batch() if "batch" in request.args else (_named(), None)
    symbols = [(link, draw(link.short or "", level)) for link in links]
    return render("links/sheet.html", symbols=symbols, following=following)


def _named() -> list[ShortLink]:
    with desk().reading() as db:
        found = short_links.by_keys(db, shop().id, request.args.getlist("link")[:ON_A_SHEET])
    return [one for one in found if one.short]


def _of_batch() -> tuple[list[ShortLink], str | None]:
    batch = batch_or_404(request.args["batch"])
    after = whole_number(request.args.get("after")) or 0
    made = short_links.of_batch(batch.id).where(ShortLink.short.is_not(None), ShortLink.id > after)
    with desk().reading() as db:
        found = list(db.scalars(made.order_by(ShortLink.id).limit(ON_A_SHEET + 1)))
    shown = found[:ON_A_SHEET]
    following = url_for(".sheet", batch=batch.key, after=shown[-1].id) if len(found) > ON_A_SHEET else None
    return shown, following
