"""What `python -m app.run` does besides serving: each command does one thing, says what became of it, and ends."""

from __future__ import annotations

import secrets
import sys
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from app import store
from app.backup.archive import NoBackup
from app.secret_key import id_of
from app.store import acts, people, re_encrypting, second_factors, sessions, trail_check, upkeep
from app.store.acts import Act
from app.store.schema import desk as schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.backup.archive import Manifest
    from app.config import Settings
    from app.database import Database
    from app.re_encrypting import Done

MB = 1024 * 1024
COMMAND_LINE = "command line"  # who did it, in the trail


def refuse(why: str) -> int:
    """Say why something was not done, and give the exit status that says so to scripts."""
    print(why, file=sys.stderr)
    return 2


def set_password(settings: Settings, email: str) -> int:
    store.upgrade(settings)
    password = secrets.token_urlsafe(9)
    hashed = people.hash_of(password)
    with store.open_desk(settings).writing() as db:
        person = people.by_email(db, email)
        if person is None:
            return refuse(f"Nobody here has the e-mail address {email}.")
        people.set_password(db, person, hashed, temporary=True)
    print(f"The new password of {email}, shown this once and good for a day: {password}")
    return 0


def remove_second_factor(settings: Settings, email: str) -> int:
    """For the administrator whom nobody else can help; it stands in the trail, done by nobody who was signed in."""
    store.upgrade(settings)
    with store.open_desk(settings).writing() as db:
        person = people.by_email(db, email)
        if person is None:
            return refuse(f"Nobody here has the e-mail address {email}.")
        if not second_factors.end(db, person.id):
            return refuse(f"{email} has no second factor.")
        sessions.end_all(db, person.id)
        act = Act(person=COMMAND_LINE, what="people.ResetSecondFactor", asked={}, after={"name": person.name})
        db.add(acts.done_at_once(act))
    print(f"The second factor of {email} is removed: the password alone signs in.")
    return 0


def back_up(settings: Settings, path: Path) -> int:
    try:
        made = import_module("app.backup.write").back_up(settings, path)
    except NoBackup as error:
        return refuse(str(error))
    print(f"{path} holds {_content(made.manifest)}, {made.size / MB:.1f} MB.")
    if made.manifest.missing:
        print(f"Left out, since they are not in {settings.request_files}: {', '.join(made.manifest.missing)}")
    print(f"The secret key is not in it; keep it apart. Its fingerprint is {made.manifest.key}.")
    return 0


def restore(settings: Settings, path: Path, *, key_is_lost: bool) -> int:
    try:
        restored = import_module("app.run.restore").restore(settings, path, key_is_lost=key_is_lost)
    except NoBackup as error:
        return refuse(str(error))
    manifest: Manifest = restored.manifest
    print(f"Restored {_content(manifest)}, as it was at {manifest.at:%Y-%m-%d %H:%M} UTC.")
    print(f"Customers who were erased since then and now again: {restored.erased_again}. Everybody signs in anew.")
    if restored.is_read_only:
        print("It starts read only: an administrator looks through Jobs, then lifts that under Emergency brake.")
    return 0


def check(settings: Settings) -> int:
    """Say what the doctor found. The status is 1 if anything is wrong."""
    create_app: Callable[[Settings], Flask] = import_module("app").create_app
    app = create_app(settings)
    database: Database[Session] = app.extensions["desk"]
    with app.test_request_context(), import_module("flask_babel").force_locale("en"):
        try:
            if not schema.is_at_head(database):
                return refuse("The desk database has not the shape of this Desk46. Start Desk46 to bring it there.")
            with database.reading() as db:
                found = import_module("app.pages.doctor.checks").findings(settings, db)
        except DBAPIError as error:
            return refuse(f"The desk database cannot be read: {str(error.orig).partition(chr(10))[0]}")
    for finding in found:
        print(f"{finding.tone}: {finding.title}\n  {finding.text}\n  {finding.remedy}")
    print(f"Findings: {len(found)}." if found else "Nothing is wrong.")
    return 1 if found else 0


def verify_trail(settings: Settings) -> int:
    """Check the whole trail against its seals. The status is 1 if it is not as it was sealed."""
    database = store.open_desk(settings)
    if not schema.is_at_head(database):
        return refuse("The desk database has not the shape of this Desk46. Start Desk46 to bring it there.")
    with database.reading() as db:
        report = trail_check.check(db, settings.key, settings.var)
    print(f"Looked at {report.acts:,} acts and {report.seals:,} seals; {report.let_go:,} older acts were let go of.")
    for trouble in report.troubles[: trail_check.MOST_TOLD]:
        print(f"{trouble.what}: {trouble.number} {', '.join(trouble.fields)}".rstrip())
    if len(report.troubles) > trail_check.MOST_TOLD:
        print(f"… and {len(report.troubles) - trail_check.MOST_TOLD:,} more")
    print("The trail is as it was sealed." if report.is_whole else "The trail is NOT as it was sealed.")
    return 0 if report.is_whole else 1


def re_encrypt(settings: Settings) -> int:
    """Encrypt with the first key of DESK46_SECRET_KEY what the others encrypted."""
    store.upgrade(settings)
    database, done = store.open_desk(settings), []
    for column in chain(re_encrypting.re_encrypt(database, settings), _of_the_box(settings)):
        done.append(column)
        if column.renewed or column.unreadable:
            lost = f"; {column.unreadable:,} that no key reads were left alone" if column.unreadable else ""
            print(f"{column.name}: {column.renewed:,} encrypted anew{lost}", flush=True)
    with database.writing() as db:
        upkeep.note_upkeep(db, "upkeep.ReEncrypt", after=re_encrypting.result_of(settings.key, done))
        unnamed = re_encrypting.tokens_without(db)
    if unnamed:
        print(f"{unnamed:,} push tokens of older releases are listed twice if they are registered again.")
    if any(column.unreadable for column in done):
        print("What no key reads needs a key that is not here: put it behind the others with a comma, and call again.")
    name = id_of(settings.key.newest)
    print(f"Everything that can be read is encrypted by the key {name}. The older keys here may be dropped.")
    return 0


def _of_the_box(settings: Settings) -> Iterator[Done]:
    """Go on with the box, where REES46 is not far away."""
    if settings.in_a_box:
        engine = import_module("app.engine")
        engine.upgrade(settings)
        yield from engine.re_encrypt(settings)


def undo_upgrade(settings: Settings) -> int:
    upgrade = import_module("app.run.upgrades").undo(settings)
    version = upgrade.before["version"] or "the release that was there before"
    print(f"The databases have the shape of {version} again. Start that release now.")
    return 0


def _content(manifest: Manifest) -> str:
    rows = (f"{sum(kept.tables.values()):,} rows of the {name}" for name, kept in manifest.databases.items())
    return f"{', '.join(rows)}, {len(manifest.request_files)} waiting calls"
