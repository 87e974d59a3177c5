"""keep how far the trail left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "stream_positions",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stream_positions")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("stream_positions")
