"""What a new administrator does before others come, with what of it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select

from app.store import people, shops, upkeep
from app.store.acts import Act
from app.store.exchanges import Exchange
from app.store.people import Person, Role
from app.web.context import settings
from app.web.http import arrivals
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString
    from sqlalchemy.orm import Session

LOOPBACK = {"localhost", "127.0.0.1", "::1", None}
DISMISSED = "doctor.Dismiss"


@dataclass(frozen=True)
class Step:
    """One thing to do, and where."""

    title: LazyString
    is_done: bool
    url: str


def first_steps(db: Session) -> list[Step]:
    """List what there is to do; nothing any more when all is done, or somebody dismissed it."""
    if upkeep.last(db, DISMISSED):
        return []
    steps = _steps(db)
    return [] if all(step.is_done for step in steps) else steps


def _steps(db: Session) -> list[Step]:
    doctor = url_for("doctor.index")
    has_others = db.scalar(select(exists().where(Person.role != Role.ADMIN, Person.active)))
    shop_ids = [shop.id for shop in shops.in_use(db)]
    has_tried = db.scalar(select(exists().where(Exchange.shop_id.in_(shop_ids), Exchange.outcome == "done")))
    is_told = settings().smtp_url or any(shop.chat_url for shop in shops.in_use(db))
    has_backups = settings().backup_folder or upkeep.last(db, "upkeep.Backup")
    return [
        Step(_l("Choose a password of your own"), _chose_password(db), url_for("account.index", _anchor="password")),
        Step(_l("Add a second administrator"), people.administrators(db) > 1, url_for("people.add")),
        Step(_l("Add a shop and try its connection"), bool(shop_ids) and bool(has_tried), url_for("shops.index")),
        Step(_l("Add people, each with a role"), bool(has_others), url_for("people.add")),
        Step(_l("Set the address by which people come (DESK46_PUBLIC_URL)"), _is_public(), doctor),
        Step(_l("Have a backup made each night (DESK46_BACKUP_FOLDER)"), bool(has_backups), doctor),
        Step(_l("Let Desk46 speak up: a mail server (DESK46_SMTP_URL), or a chat of the shop"), bool(is_told), doctor),
    ]


def _chose_password(db: Session) -> bool:
    """Whether the password is nobody else's any more; the demo's first one may be kept, and is not one's own."""
    changed = exists().where(Act.what == "account.Password", Act.person_id == me().id, Act.written == "done")
    is_own = me().email != people.FIRST_EMAIL or db.scalar(select(changed))
    return me().temporary_until is None and bool(is_own)


def _is_public() -> bool:
    given = settings()
    arrival = arrivals.last(given)
    return urlsplit(given.public_url).hostname not in LOOPBACK and not (arrival and arrival.is_elsewhere)
