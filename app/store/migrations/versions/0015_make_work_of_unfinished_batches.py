"""Make work of batches of codes and links that were begun and are not through: it goes on by itself now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS = """
    INSERT INTO works (key, shop_id, person_id, person, kind, subject, title, at, state, wish, due, fence, tries, done,
        total, left_out, done_before)
    SELECT batch.key || 'u', batch.shop_id, (SELECT min(id) FROM people WHERE name = batch.person), batch.person,
"""
CODES = """
        'promo_codes.batch', batch.key, substr(batch.list_name, 1, 200), batch.at, 'waiting', '', batch.at, 0, 0,
        batch.position, batch.total, 0, 0
    FROM promo_batches AS batch
    WHERE batch.state = 'sending' AND EXISTS (SELECT 1 FROM people WHERE name = batch.person)
"""
LINKS = """
        'links.batch', batch.key, '', batch.at, 'waiting', '', batch.at, 0, 0,
        (SELECT count(*) FROM short_links WHERE batch_id = batch.id AND short IS NOT NULL),
        (SELECT count(*) FROM short_links WHERE batch_id = batch.id), 0, 0
    FROM link_batches AS batch
    WHERE batch.state = 'begun' AND EXISTS (SELECT 1 FROM people WHERE name = batch.person)
        AND EXISTS (SELECT 1 FROM short_links WHERE batch_id = batch.id AND act_id IS NULL AND short IS NULL)
        AND NOT EXISTS (SELECT 1 FROM works WHERE kind = 'links.batch' AND subject = batch.key)
"""


def upgrade() -> None:
    """Apply."""
    op.execute(COLUMNS + CODES)
    op.execute(COLUMNS + LINKS)
    with op.batch_alter_table("promo_batches", schema=None) as batch_op:
        batch_op.drop_column("busy")


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("promo_batches", schema=None) as batch_op:
        batch_op.add_column(sa.Column("busy", sa.DateTime(), nullable=True))
