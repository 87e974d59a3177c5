"""What REES46 says of a test device: profile, cart, segments, last order, and what the shop's blocks show it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.rees46 import baskets, orders, profile, segments
from app.rees46.errors import Rees46Error
from app.rees46.recommendations import Recommend
from app.store import recommender_blocks
from app.store.event_runs import BLOCK, part_of_block
from app.web.context import desk
from app.web.panels.offered import NotOffered, ask_if_offered
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.event_runs import EventRun, Snapshot

BLOCKS = 5  # that are read each time
SHOWN = 8  # products of a block
PERSONAL = {"first_name", "last_name", "email", "phone", "additional_emails", "additional_phones", "orders", "id"}
PARTS = ("profile", "cart", "segments", "last_order")


def look(run: EventRun, item_id: str | None) -> Snapshot:
    """Read all of it; what could not be read is None, and is shown as such."""
    who = {"did": run.did}
    with desk().reading() as db:
        codes = [block.code for block in recommender_blocks.beside_products(db, shop().id)][:BLOCKS]
    found: Snapshot = {
        "profile": _told(lambda: _profile(ask_if_offered(profile.Read.from_form(who)))),
        "cart": _told(lambda: [[one.uniqid, one.quantity] for one in ask_if_offered(baskets.Cart.from_form(who))]),
        "segments": _told(lambda: [[str(one.id), None] for one in ask_if_offered(segments.Get.from_form(who))]),
        "last_order": _told(
            lambda: [[one.id, one.quantity] for one in ask_if_offered(orders.LastForUser.from_form(who))]
        ),
    }
    asked = {code: {"item_id": item_id} for code in codes} | _asked_of(run.block)
    return found | {part_of_block(code): _told(partial(_block, run, code, said)) for code, said in asked.items()}


def _asked_of(block: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give the block that the test bench asks for, with what its page sends; nothing where it asks for none."""
    said = {name: value for name, value in block.items() if name != "code"}
    return {block["code"]: said} if block else {}


def _told(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except (Rees46Error, NotOffered):
        return None


def _profile(told: profile.Profile | profile.AnonymousProfile) -> dict[str, str]:
    """Give what is set, as text; a device that was merged with somebody would show no contact of theirs."""
    said = told.model_dump(mode="json", exclude_none=True)
    return {name: str(value) for name, value in said.items() if name not in PERSONAL and value not in ("", [], {})}


def _block(run: EventRun, code: str, said: dict[str, Any]) -> list[list[Any]]:
    asked: dict[str, Any] = {"recommender_code": code, "did": run.did, "seance": run.seance, "segment": run.letter}
    asked |= {**said, "limit": SHOWN, "prevent_shuffle": True}
    block = ask_if_offered(Recommend.from_form(asked))
    return [[product if isinstance(product, str) else product.id, None] for product in block.products]


def parts_of(*snapshots: Snapshot) -> list[str]:
    """Name the parts that any of them has, in the order of the page."""
    names = dict.fromkeys(PARTS) | dict.fromkeys(name for snapshot in snapshots for name in snapshot)
    return list(names)


def words_of(part: str) -> str:
    words = {"profile": _("Profile"), "cart": _("Cart"), "segments": _("Segments"), "last_order": _("Last order")}
    return words.get(part) or _("Block %(code)s", code=part.removeprefix(BLOCK))


def changed(before: Snapshot, after: Snapshot) -> list[str]:
    """Name the parts that became another; of what was not read on either side nothing is said."""
    told = [name for name in parts_of(after) if None not in (before.get(name), after.get(name))]
    return [name for name in told if before[name] != after[name]]
