"""Members and their balances, as the file said that was sent last; and whose bonuses end soon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _

from app.pages.bonus_accounts import page
from app.pages.bonus_accounts.columns import columns
from app.pages.bonus_accounts.members import ON_A_PAGE, Member, page_of, part_of
from app.pages.bonus_accounts.reading import KIND
from app.store import record_imports
from app.store.paging import Slice
from app.web.context import desk
from app.web.page import STAFF
from app.web.paging_args import url_with, whole_number
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, Narrowed, list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.record_imports import RecordImport


@page.get("/")
def index() -> ResponseReturnValue:
    """List the accounts of the last file: `?show=ending`, `?show=negative`."""
    shown = request.args.get("show", "")
    with desk().reading() as db:
        batch = record_imports.last_sent(db, shop().id, KIND)
    read = _in_file if request.args.get("as") == "csv" else _on_page
    return list_page("bonus_accounts/index.html", lambda _db, at: read(batch, shown, at), batch=batch, shown=shown)


def _on_page(batch: RecordImport | None, shown: str, _at: dict[str, Any]) -> Listing[Member]:
    first = max(whole_number(request.args.get("from")) or 0, 0)
    found, is_more = page_of(batch, shown, first) if batch else ([], False)
    newer = url_with(**{"from": max(first - ON_A_PAGE, 0) or None}) if first else None
    older = url_with(**{"from": first + ON_A_PAGE}) if is_more else None
    return _listing(Slice(found, None, None), shown, (newer, older))


def _in_file(batch: RecordImport | None, shown: str, at: dict[str, Any]) -> Listing[Member]:
    """Give the accounts of one part; the next one is the older rows."""
    place = at.get("before") or 0
    found, is_more = part_of(batch, shown, place) if batch else ([], False)
    return _listing(Slice(found, place + 1 if is_more else None, None), shown)


def _listing(found: Slice[Member], shown: str, turns: tuple[str | None, str | None] | None = None) -> Listing[Member]:
    file = "bonus-members" if me().may(STAFF) else ""
    kinds = {"ending": _("Ending soon"), "negative": _("Below nothing")}
    narrowed = [Narrowed("show", shown, kinds[shown])] if shown in kinds else []
    return Listing(_("Members"), columns(), found, file=file, narrowed=narrowed, turns=turns)
