"""Revision 0009 of the box: secrets of shops are encrypted, and plain again for a release of before."""

from alembic import command

from app import vault
from app.secret_key import SecretKey
from tests.migrations.conftest import SCHEMAS, rows_of

KEY = SecretKey.of("a key for tests")


def secrets_in(url):
    return {row["shop_id"]: row["secret"] for row in rows_of(url)["shops"]}


def test_secrets_are_encrypted_and_decrypted_by_the_way_back(old):
    url = old("box")
    plain = secrets_in(url)
    SCHEMAS["box"].upgrade_to_head(url, KEY)
    locked = secrets_in(url)
    assert plain
    assert all(vault.is_locked(secret) for secret in locked.values())
    assert {shop: vault.unlock(secret, KEY) for shop, secret in locked.items()} == plain
    command.downgrade(SCHEMAS["box"].alembic_config(url, KEY), "0008")
    assert secrets_in(url) == plain
