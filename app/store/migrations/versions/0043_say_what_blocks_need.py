"""say what blocks need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("event_runs", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "block", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="{}", nullable=False
            )
        )

    with op.batch_alter_table("recommender_blocks", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "needs", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="[]", nullable=False
            )
        )
        batch_op.add_column(
            sa.Column(
                "expected",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("is_beside", sa.Boolean(), server_default=sa.true(), nullable=False))
    # Those that were written down until now stood beside a product, and were asked with its ID.
    op.execute("UPDATE recommender_blocks SET needs = '[\"item\"]'")


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("recommender_blocks", schema=None) as batch_op:
        batch_op.drop_column("is_beside")
        batch_op.drop_column("expected")
        batch_op.drop_column("needs")

    with op.batch_alter_table("event_runs", schema=None) as batch_op:
        batch_op.drop_column("block")
