"""encrypt secrets of shops."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app import vault
from app.schema import key_for_revisions

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SHOPS = sa.table("shops", sa.column("id", sa.Integer()), sa.column("secret", sa.String()))


def upgrade() -> None:
    """Make room for encrypted secrets, and encrypt them; without a key they stay as they are, and are read so."""
    with op.batch_alter_table("shops") as batch_op:
        batch_op.alter_column("secret", existing_type=sa.String(length=128), type_=sa.String(length=1000))
    if key := key_for_revisions():
        for number, secret in _secrets():
            if not vault.is_locked(secret):
                _put(number, vault.lock(secret, key))


def downgrade() -> None:
    """Decrypt: the release of before knows no other secrets. One that no key reads is lost to both."""
    key = key_for_revisions()
    for number, secret in _secrets():
        if vault.is_locked(secret):
            try:
                _put(number, vault.unlock(secret, key) if key else "")
            except vault.KeyChanged:
                _put(number, "")
    with op.batch_alter_table("shops") as batch_op:
        batch_op.alter_column("secret", existing_type=sa.String(length=1000), type_=sa.String(length=128))


def _secrets() -> list[tuple[int, str]]:
    return [(row.id, row.secret) for row in op.get_bind().execute(sa.select(SHOPS.c.id, SHOPS.c.secret))]


def _put(number: int, secret: str) -> None:
    op.get_bind().execute(sa.update(SHOPS).where(SHOPS.c.id == number).values(secret=secret))
