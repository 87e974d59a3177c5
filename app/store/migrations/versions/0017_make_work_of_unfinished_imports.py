"""Make work of imports that are being checked, sent or counted; who is at it and why it stands still is said there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WORK = """
    INSERT INTO works (key, shop_id, person_id, person, kind, subject, title, at, state, wish, due, fence, tries, done,
        total, left_out, done_before)
    SELECT 'import' || batch.id, batch.shop_id,
        coalesce(batch.person_id, (SELECT min(id) FROM people WHERE name = batch.person)),
        batch.person,
        CASE batch.state
            WHEN 'checking' THEN 'imports.check' WHEN 'running' THEN 'imports.send' ELSE 'imports.count' END,
        batch.key, batch.source, batch.at, 'waiting', '', batch.at, 0, 0, 0, batch.rows, 0, 0
    FROM imports AS batch
    WHERE batch.state IN ('checking', 'running', 'counting')
        AND (batch.person_id IS NOT NULL OR EXISTS (SELECT 1 FROM people WHERE name = batch.person))
"""


def upgrade() -> None:
    """Apply."""
    op.execute(WORK)
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_column("taken_until")
        batch_op.drop_column("trouble")


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trouble", sa.String(length=500), nullable=True))
        batch_op.add_column(sa.Column("taken_until", sa.DateTime(), nullable=True))
