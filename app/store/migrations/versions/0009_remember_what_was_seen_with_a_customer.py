"""Remember contacts and order numbers that were seen with a customer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_traces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_customer_traces_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_traces")),
        sa.UniqueConstraint("customer_id", "kind", "digest", name=op.f("uq_customer_traces_customer_id_kind_digest")),
    )
    op.create_index("ix_customer_traces_digest", "customer_traces", ["shop_id", "digest"])
    op.create_index("ix_promo_handouts_code", "promo_handouts", ["shop_id", "code"])


def downgrade() -> None:
    op.drop_index("ix_promo_handouts_code", "promo_handouts")
    op.drop_table("customer_traces")
