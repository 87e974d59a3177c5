"""What REES46 in a box has to say of a shop's imports. REES46 itself writes that to employees, by e-mail."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import current_app

from app.rees46.request import SECRET_HEADER
from app.store import box_notices
from app.web.context import desk, settings
from app.web.rees46 import address_of, secret_of
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = ("id", "kind", "total", "done", "left_out", "accepted", "finished", "remarks", "webhook")
REMARKS = 20  # of one import


def is_in_a_box() -> bool:
    """Whether the box of this installation answers for the shop."""
    return address_of(shop()) == str(current_app.extensions["box_url"])


def read_notices() -> int:
    """Keep the notices that are new, and say how many there were; a box that does not answer now has none."""
    if not is_in_a_box():
        return 0
    url, who = f"{current_app.extensions['box_url']}/notices", {"shop_id": shop().shop_id}
    headers = {SECRET_HEADER: secret_of(shop())}
    try:
        answer = current_app.extensions["rees46_session"].get(
            url, params=who, headers=headers, timeout=settings().time_limit
        )
        found = answer.json() if answer.status_code == HTTPStatus.OK else []
    except (OSError, ValueError):
        return 0
    notices = [_kept(one) for one in found if isinstance(one, dict) and isinstance(one.get("id"), int)]
    if not notices:
        return 0
    with desk().writing() as db:
        return box_notices.keep(db, shop().id, notices)


def _kept(notice: Mapping[str, Any]) -> dict[str, Any]:
    return {name: notice.get(name) for name in KEPT} | {"remarks": (notice.get("remarks") or [])[:REMARKS]}
