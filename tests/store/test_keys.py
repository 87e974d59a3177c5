"""The secret key is replaced: both read, the new one writes, and once all is encrypted anew the old one may go."""

from datetime import date, timedelta

import pytest
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, LargeBinary, String, insert, select, update

from app import re_encrypting, store, vault
from app.config import Settings
from app.schema import load_models
from app.secret_key import SecretKey, id_of
from app.store import catalogue_imports, customer_traces, promo_uploads, sent_chats, waiters, wrong_passwords
from app.store import re_encrypting as of_the_desk
from app.store.base import Base, now
from app.store.brought_files import BroughtFile, place_of
from app.store.customers import KnownCustomer
from app.store.matrix_upkeep import picture_place
from app.store.promo_batches import PromoBatch
from app.store.sent_chats import SentToken
from app.store.wrong_passwords import WrongPassword
from app.vault import KeyChanged

OLD, NEW = SecretKey.of("the key of before"), SecretKey.of("the key of now")
BOTH = SecretKey.of("the key of now, the key of before")
PLAIN = "anna@example.com"
EMPTY = {
    Integer: 1,
    Boolean: True,
    DateTime: now(),
    Date: date(2026, 11, 1),
    JSON: {},
    LargeBinary: b"x",
}
load_models(store)
LOCKED = [column for table in Base.metadata.sorted_tables for column in table.columns if column.info.get("locked")]
NAMED = {  # what is found by a digest
    "customer_traces": ("digest", customer_traces.digests_of("email", PLAIN, OLD)),
    "promo_uploads": ("digest", promo_uploads.digests_of(PLAIN, OLD)),
    "sent_tokens": ("digest", sent_chats.digests_of(PLAIN, OLD)),
    "waiters": ("contact", waiters.digests_of(PLAIN, OLD)),
    "catalogue_imports": ("hook_digest", catalogue_imports.digests_of(PLAIN, OLD)),
}


def value_for(db, column):
    """Something that may stand in a column, with the row that it refers to."""
    for key in column.foreign_keys:
        return fill(db, key.column.table)[0]
    if column.info.get("locked") and not isinstance(column.type, LargeBinary):
        return vault.lock(PLAIN, OLD)
    if isinstance(column.type, String):
        return "email"[: column.type.length]
    return next(value for kind, value in EMPTY.items() if isinstance(column.type, kind))


def fill(db, table):
    """Put a row into a table, and give its primary key."""
    there = db.execute(select(*table.primary_key.columns).limit(1)).first()
    if there:
        return there
    needed = [column for column in table.columns if not column.nullable or column.info.get("locked")]
    values = {
        column.name: value_for(db, column) for column in needed if not (column.primary_key and not column.foreign_keys)
    }
    if table.name == "seal_keys":
        values["key_id"] = "1"
    if table.name in NAMED:
        name, digests = NAMED[table.name]
        values[name] = digests[0]
    return db.execute(insert(table).values(values)).inserted_primary_key


def about_of(db, table):
    if table.name == "matrix_cells":
        return picture_place(db.scalar(select(table.c.id)))
    return place_of(db.scalars(select(BroughtFile)).one(), 1)


@pytest.fixture
def kept(database):
    """A row in every table that has something encrypted, by the old key."""
    with database.writing() as db:
        for column in LOCKED:
            fill(db, column.table)
        for column in LOCKED:
            if isinstance(column.type, LargeBinary):
                locked = vault.lock_bytes(PLAIN.encode(), OLD, about_of(db, column.table))
                db.execute(update(column.table).values({column.name: locked}))
    return database


def read_all(database, key):
    """Everything that is encrypted, decrypted."""
    with database.reading() as db:
        for column in LOCKED:
            value = db.scalar(select(column).where(column.is_not(None)).limit(1))
            if isinstance(column.type, LargeBinary):
                yield str(column), vault.unlock_bytes(value, key, about_of(db, column.table)).decode()
            elif column.table.name != "seal_keys":
                yield str(column), vault.unlock(value, key)


def found(database, key):
    """What is found by a digest, by name of its table."""
    with database.reading() as db:
        customer, batch = db.scalars(select(KnownCustomer)).one(), db.scalars(select(PromoBatch)).first()
        yield (
            "customer_traces",
            [customer.id] == [row.id for row, _kind in customer_traces.whose(db, 1, [("email", PLAIN)], key)],
        )
        yield "promo_uploads", bool(promo_uploads.lists_with(db, 1, [PLAIN.upper()], key)) and batch is None
        yield "waiters", len(waiters.of_contacts(db, 1, [PLAIN], key)) == 1
        told = catalogue_imports.told_at(db, catalogue_imports.digests_of(PLAIN, key))
        yield "catalogue_imports", told is not None
        token = select(SentToken).where(SentToken.digest.in_(sent_chats.digests_of(PLAIN, key)))
        yield "sent_tokens", db.scalar(token) is not None


def settings_with(key, tmp_path):
    return Settings(var=tmp_path, secret_key=",".join(key.parts))


def test_both_keys_read_and_once_encrypted_anew_the_old_one_may_go(kept, tmp_path):
    assert len(LOCKED) > 12
    assert {text for _name, text in read_all(kept, BOTH)} == {PLAIN}
    assert all(dict(found(kept, BOTH)).values())
    ways = of_the_desk._ways(BOTH)
    first = next(done for done in re_encrypting.re_encrypt(kept, Base.metadata, BOTH, ways) if done.renewed)
    rest = list(of_the_desk.re_encrypt(kept, settings_with(BOTH, tmp_path)))  # it was stopped, and goes on
    assert first.name not in {done.name for done in rest if done.renewed}
    assert {done.unreadable for done in rest if not done.name.startswith("seal_keys.")} == {0}
    assert {text for _name, text in read_all(kept, NEW)} == {PLAIN}
    assert {name: is_there for name, is_there in found(kept, NEW) if not is_there} == {}
    again = list(of_the_desk.re_encrypt(kept, settings_with(BOTH, tmp_path)))
    assert sum(done.renewed for done in again) == 0
    with pytest.raises(KeyChanged):
        dict(read_all(kept, OLD))
    with kept.reading() as db:
        for table in Base.metadata.sorted_tables:
            assert f"'{id_of(OLD.newest)}." not in str(db.execute(select(table)).all())


def test_what_the_desk_writes_meanwhile_is_left_alone(sqlite, monkeypatch):
    monkeypatch.setattr(re_encrypting, "_renewed", changing_first(sqlite, re_encrypting._renewed))
    with sqlite.writing() as db:
        customer = fill(db, KnownCustomer.__table__)[0]
        db.execute(
            insert(Base.metadata.tables["last_replies"]).values(
                shop_id=1, customer_id=customer, kind="x", read=now(), text=vault.lock("before", OLD)
            )
        )
    list(re_encrypting.re_encrypt(sqlite, Base.metadata, BOTH, of_the_desk._ways(BOTH)))
    with sqlite.reading() as db:
        assert vault.unlock(db.scalar(select(Base.metadata.tables["last_replies"].c.text)), NEW) == "meanwhile"


def changing_first(database, plain):
    def changed(db, column, row, key, ways):
        with database.writing() as other:
            other.execute(update(column.table).values(text=vault.lock("meanwhile", NEW)))
        return plain(db, column, row, key, ways)

    return changed


def test_wrong_passwords_count_on_under_the_new_key(sqlite):
    limits = [wrong_passwords.of_account("ann@example.com")]
    with sqlite.writing() as db:
        for _try in range(5):
            assert not wrong_passwords.begin(db, limits, OLD)
        assert wrong_passwords.begin(db, limits, BOTH) > timedelta()
        wrong_passwords.right(db, limits, BOTH)
        assert db.scalar(select(WrongPassword.id)) is None


@pytest.mark.parametrize("text", [",new", "new,", "new, ,old", ","])
def test_a_list_of_keys_with_a_hole_is_refused(text, tmp_path):
    with pytest.raises(ValueError, match="new,old is right"):
        Settings(var=tmp_path, secret_key=text)


def test_what_was_encrypted_before_keys_had_ids_is_read_and_gets_one():
    bare = vault.lock(PLAIN, OLD).partition(".")[2]
    assert vault.unlock(bare, BOTH) == PLAIN
    assert vault.is_locked(bare)
    blob = vault.lock_bytes(b"x", OLD, "it")[len(vault.mark_of(OLD)) :]
    assert vault.unlock_bytes(blob, BOTH, "it") == b"x"
    for wrong in (bare[:-4] + "AAAA", f"00000000.{bare}", "", ".", "x"):
        with pytest.raises(KeyChanged):
            vault.unlock(wrong, BOTH)
