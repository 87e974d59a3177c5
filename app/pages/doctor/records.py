"""What the doctor finds in the desk's own records: people, shops, acts, keys, backups."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from app.pages.doctor.findings import Finding
from app.store import acts, people, re_encrypting, recipients, shops, trail_check, trail_stream, upkeep
from app.store.acts import Act
from app.store.base import now
from app.vault import KeyChanged
from app.web.moments import moment
from app.web.safeguards.approval_rules import RULES, stuck_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from app.pages.doctor.findings import Patient
    from app.store.shops import Shop

BACKUP_AGE = timedelta(days=2)
OPEN_FOR = timedelta(days=1)
SECRET_AGE = timedelta(days=365)
STREAM_AGE = timedelta(minutes=15)
SHORTEST_KEY = 32  # characters


def backup(patient: Patient) -> Iterator[Finding]:
    last = upkeep.last(patient.db, "upkeep.Backup")
    if last is None or last.at < now() - BACKUP_AGE:
        yield Finding(
            "backup",
            "warning",
            _("There is no backup") if last is None else _("The last backup is old"),
            _("None was ever made.") if last is None else _("It was made on %(moment)s.", moment=moment(last.at)),
            _("Call python -m app.run --backup FILE for one now, and see under Schedules how the nightly ones end.")
            if patient.settings.backup_folder
            else _("Set DESK46_BACKUP_FOLDER for one each night, or call python -m app.run --backup FILE."),
        )


def administrators(patient: Patient) -> Iterator[Finding]:
    if people.administrators(patient.db) == 1:
        yield Finding(
            "administrators",
            "warning",
            _("There is one administrator"),
            _("Without their password nobody can add people, change roles or enter keys."),
            _("Give a second person the role of an administrator."),
            url_for("people.index"),
        )


def test_recipients(patient: Patient) -> Iterator[Finding]:
    for shop in shops.in_use(patient.db):
        if shop.kind == "live" and not recipients.of_shop(patient.db, shop.id):
            yield Finding(
                "recipients",
                "warning",
                _("%(shop)s is live and has no test recipients", shop=shop.name),
                _("A test message there goes to a customer, or nowhere."),
                _("List who may receive test messages."),
                url_for("messages.recipients", shop=shop.slug),
            )


def second_people(patient: Patient) -> Iterator[Finding]:
    everyone = people.everyone(patient.db)
    for shop in shops.in_use(patient.db):
        stuck = stuck_rules(shop, everyone) if shop.kind == "live" else []
        if stuck:
            yield Finding(
                "second_people",
                "danger",
                _("In %(shop)s nobody can approve what waits for a second person", shop=shop.name),
                _(
                    "Fewer than two people may do it there, and nobody approves their own: %(acts)s.",
                    acts=_listed(stuck),
                ),
                _("Give somebody else the role that does it, or let fewer acts wait."),
                url_for("shops.second_person", number=shop.id),
            )


def _listed(rules: list[str]) -> str:
    return "; ".join(str(RULES[name].label) for name in rules)


def unknown_acts(patient: Patient) -> Iterator[Finding]:
    for shop in shops.in_use(patient.db):
        old = acts.by_state(select(Act).where(Act.shop_id == shop.id, Act.at < now() - OPEN_FOR), "unknown")
        count = sum(patient.db.scalar(select(func.count()).select_from(way.subquery())) or 0 for way in old)
        if count:
            yield Finding(
                "unknown_acts",
                "warning",
                ngettext(
                    "%(num)s act of %(shop)s has been unknown for more than a day",
                    "%(num)s acts of %(shop)s have been unknown for more than a day",
                    count,
                    shop=shop.name,
                ),
                _("Nobody knows whether they were done."),
                _("Look at REES46 what became of them, and settle them in the trail."),
                url_for("trail.index", shop=shop.slug, outcome="unknown"),
            )


def keys(patient: Patient) -> Iterator[Finding]:
    yield from _replaced_keys(patient)
    if len(patient.settings.key.newest) < SHORTEST_KEY:
        yield Finding(
            "keys",
            "danger",
            _("DESK46_SECRET_KEY is short"),
            _("It encrypts the secrets of all shops. Whoever has a copy of the database can guess a short one."),
            _("Make one by openssl rand -base64 48, set DESK46_SECRET_KEY=new,old, and call app.run --re-encrypt."),
        )
    for shop in shops.in_use(patient.db):
        try:
            shop.secret(patient.settings.key)
        except KeyChanged:
            yield Finding(
                "keys",
                "danger",
                _("The secret of %(shop)s cannot be read", shop=shop.name),
                _("It was encrypted with another DESK46_SECRET_KEY."),
                _("Set that key again, or enter the secret of the shop again."),
                url_for("shops.edit", number=shop.id),
            )
            continue
        entered = _entered(patient, shop)
        if entered < now() - SECRET_AGE:
            yield Finding(
                "keys",
                "warning",
                _("The secret of %(shop)s is older than a year", shop=shop.name),
                _("It was entered on %(moment)s.", moment=moment(entered)),
                _("Let REES46 make a new one, and enter it here."),
                url_for("shops.edit", number=shop.id),
            )


def _replaced_keys(patient: Patient) -> Iterator[Finding]:
    """Say how far the key is replaced, while older ones are named."""
    if not patient.settings.key.older:
        return
    if re_encrypting.is_done_for(patient.db, patient.settings.key):
        yield Finding(
            "keys",
            "warning",
            _("An older secret key is still named"),
            _("Nothing is encrypted by it any more."),
            _("Leave only the first key in DESK46_SECRET_KEY, on every host, and start Desk46 again."),
        )
        return
    yield Finding(
        "keys",
        "warning",
        _("An older secret key is still in use"),
        _("What it encrypted was not encrypted anew, so it cannot be dropped."),
        _("Call app.run --re-encrypt when every host has the new key in front."),
    )


def trail(patient: Patient) -> Iterator[Finding]:
    """Look at the newest seals of the trail, at what waits for one, and at what waits to leave."""
    if troubles := trail_check.newest_troubles(patient.db, patient.settings.key, patient.settings.var):
        yield Finding(
            "trail",
            "danger",
            _("The audit trail is not as it was sealed"),
            _("Found: %(what)s.", what=", ".join(sorted({trouble.what for trouble in troubles}))),
            _("Call python -m app.run --verify-trail, and look up in docs/operating.md what it says."),
        )
    if since := trail_check.waiting_since(patient.db):
        yield Finding(
            "trail",
            "danger",
            _("The audit trail is not being sealed"),
            _("An act waits for its seal since %(moment)s.", moment=moment(since)),
            _("See in the log of the worker why “Seal the audit trail” fails."),
        )
    since = trail_stream.oldest_waiting(patient.db) if patient.settings.trail_stream else None
    if since and since < now() - STREAM_AGE:
        yield Finding(
            "trail",
            "warning",
            _("The audit trail does not reach DESK46_TRAIL_STREAM"),
            _("An entry waits since %(moment)s. Nothing is lost: it goes on when it can.", moment=moment(since)),
            _("See in the log of the worker why."),
        )


def _entered(patient: Patient, shop: Shop) -> datetime:
    """Say since when a shop has its secret: the trail knows when its fingerprint became another one."""
    edits = select(Act).where(Act.what == "shops.Edit", Act.shop_id.is_(None), Act.written == "done")
    for act in patient.db.scalars(edits.order_by(Act.id.desc())):
        before, after = (act.before or {}).get("fingerprint"), (act.after or {}).get("fingerprint")
        if after == shop.fingerprint and before != after:
            return act.at
    return shop.created


CHECKS = (backup, administrators, second_people, test_recipients, unknown_acts, keys, trail)
