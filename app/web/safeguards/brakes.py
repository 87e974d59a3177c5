"""The emergency brake: what is in force is read anew whenever anybody changed the database, so it holds everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.rees46.errors import TooMany
from app.store import brakes
from app.store.brakes import Kind
from app.web.remembered import remembered

if TYPE_CHECKING:
    from flask import Flask

    from app.rees46.operation import Operation
    from app.store.brakes import Brake
    from app.store.shops import Shop

MESSAGES = "messages."  # operations by which a customer gets something


class Braked(TooMany):
    """An administrator stopped this for now; nothing was sent, and it may be tried again when that is lifted."""

    retry_after = 2.0


def init_app(app: Flask) -> None:
    app.jinja_env.globals["brakes_of"] = in_force


def in_force(shop: Shop | None) -> list[Brake]:
    """List what people of a shop have to know."""
    every = remembered("brakes", brakes.in_force)
    return [brake for brake in every if brake.shop_id is None or (shop and brake.shop_id == shop.id)]


def stop_if_braked(shop: Shop, op: Operation[Any]) -> None:
    """Refuse what must not be done now, before anything is written down or sent."""
    for brake in in_force(shop):
        stops_it = brake.kind == Kind.READ_ONLY or (brake.kind == Kind.NO_MESSAGES and op.name().startswith(MESSAGES))
        if stops_it:
            words = _(
                "Stopped for now by %(person)s: %(reason)s Nothing was sent; what you typed stays here.",
                person=brake.person,
                reason=sentence(brake.reason),
            )
            raise Braked(words, operation=op.name())


def is_braked(shop: Shop, *, is_message: bool) -> bool:
    """Whether nothing may go out now, or no message if it is one."""
    stops = {Kind.READ_ONLY, Kind.NO_MESSAGES} if is_message else {Kind.READ_ONLY}
    return any(brake.kind in stops for brake in in_force(shop))


def sentence(text: str) -> str:
    """Close what somebody wrote with a full stop, unless it is closed."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
