"""Keep copies and files of messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "message_files",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=127), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_message_files_message_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_message_files_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_files")),
    )
    with op.batch_alter_table("message_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_files_message_id"), ["message_id"], unique=False)

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "cc", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="[]", nullable=False
            )
        )
        batch_op.add_column(
            sa.Column(
                "bcc", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="[]", nullable=False
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("bcc")
        batch_op.drop_column("cc")

    with op.batch_alter_table("message_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_files_message_id"))

    op.drop_table("message_files")
