"""Keep faults, calls that were received and a clock, for the control API."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "box_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ahead", sa.Double(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_clock")),
    )
    op.create_table(
        "control_calls",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("parameters", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("fault", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_control_calls_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_calls")),
    )
    with op.batch_alter_table("control_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_control_calls_shop_id_id"), ["shop_id", "id"], unique=False)

    op.create_table(
        "control_faults",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("before", sa.Boolean(), nullable=False),
        sa.Column("delay", sa.Double(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("retry_after", sa.Integer(), nullable=True),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_control_faults_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_faults")),
    )
    with op.batch_alter_table("control_faults", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_control_faults_shop_id_id"), ["shop_id", "id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("control_faults", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_control_faults_shop_id_id"))

    op.drop_table("control_faults")
    with op.batch_alter_table("control_calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_control_calls_shop_id_id"))

    op.drop_table("control_calls")
    op.drop_table("box_clock")
