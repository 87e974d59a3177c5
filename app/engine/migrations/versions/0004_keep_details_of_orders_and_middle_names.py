"""Keep the details of orders and of their lines, what orders were before, and middle names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("middle_name", sa.String(length=255), nullable=True))

    with op.batch_alter_table("order_items", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="{}", nullable=False
            )
        )

    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="{}", nullable=False
            )
        )
        batch_op.add_column(
            sa.Column(
                "steps", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="[]", nullable=False
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_column("steps")
        batch_op.drop_column("details")

    with op.batch_alter_table("order_items", schema=None) as batch_op:
        batch_op.drop_column("details")

    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.drop_column("middle_name")
