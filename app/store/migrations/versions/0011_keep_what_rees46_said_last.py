"""Keep what REES46 said last of a customer, encrypted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("read", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_last_replies_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_replies")),
        sa.UniqueConstraint("customer_id", "kind", name=op.f("uq_last_replies_customer_id_kind")),
    )
    op.create_index("ix_last_replies_read", "last_replies", ["read"])


def downgrade() -> None:
    op.drop_table("last_replies")
