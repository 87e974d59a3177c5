"""keep who answers a communication."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("communications", schema=None) as batch_op:
        batch_op.add_column(sa.Column("status", sa.String(length=255), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("taken_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("taker", sa.String(length=120), nullable=True))
        batch_op.create_index("ix_communications_status", ["shop_id", "status", "id"], unique=False)
    fields = sa.column("fields", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"))
    kept = sa.table("communications", fields, sa.column("status", sa.String))
    op.execute(kept.update().values(status=sa.func.substr(sa.func.coalesce(fields["status"].as_string(), ""), 1, 255)))
    with op.batch_alter_table("communications", schema=None) as batch_op:
        batch_op.alter_column("status", server_default=None)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("communications", schema=None) as batch_op:
        batch_op.drop_index("ix_communications_status")
        batch_op.drop_column("taker")
        batch_op.drop_column("taken_by")
        batch_op.drop_column("status")
