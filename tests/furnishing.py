"""An installation for tests and benches: both databases, a person of each role, two shops."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app import engine, store
from app.config import Settings
from app.store import people, shops

PASSWORD = "a good long password"
ROLES = ("viewer", "support", "marketer", "admin")


def settings_in(folder: Path, **more) -> Settings:
    """Settings of an installation that lives in one folder."""
    usual = {"secret_key": "a key for tests", "public_url": "http://localhost", "masked": "none"}  # see test_masking
    return Settings(var=folder, **usual | more)


def quick_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash as in earnest, with less work: a hash says itself how much of it checking takes."""
    monkeypatch.setattr(people, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


def furnish(settings: Settings) -> None:
    """Make both databases: a small seeded box, a person for each role, the two shops."""
    from app.engine.seed import small  # noqa: PLC0415  # heavy, and only needed here

    engine.upgrade(settings)
    small(settings)
    store.upgrade(settings)
    desk = store.open_desk(settings)
    with desk.writing() as db:
        shops.ensure(db, name="Demo", shop_id="demo", secret="demo-secret", key=settings.key)
        shops.ensure(db, name="Second", shop_id="second", secret="second-secret", key=settings.key, colour="amber")
        both = {str(shop.id): "" for shop in shops.in_use(db)}
        for role in ROLES:
            person = people.add(
                db, email=f"{role}@desk46.test", name=role.title(), role=role, password=PASSWORD, shop_roles=both
            )
            person.undo_seconds = 0  # they chose to have no undo window; its tests set one
    desk.engine.dispose()  # what SQLite still keeps in its log goes into the file that is copied
