"""keep test matrices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "matrix_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_matrix_plans_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_plans")),
        sa.UniqueConstraint("key", name=op.f("uq_matrix_plans_key")),
    )
    with op.batch_alter_table("matrix_plans", schema=None) as batch_op:
        batch_op.create_index("ix_matrix_plans_shop", ["shop_id", "id"], unique=False)

    op.create_table(
        "matrix_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("again_of", sa.Integer(), nullable=True),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["matrix_plans.id"], name=op.f("fk_matrix_runs_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_runs")),
        sa.UniqueConstraint("key", name=op.f("uq_matrix_runs_key")),
    )
    with op.batch_alter_table("matrix_runs", schema=None) as batch_op:
        batch_op.create_index("ix_matrix_runs_plan", ["plan_id", "id"], unique=False)

    op.create_table(
        "matrix_scenarios",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("edge", sa.String(length=255), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("variables", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("expected", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_matrix_scenarios_customer_id")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["matrix_plans.id"], name=op.f("fk_matrix_scenarios_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_scenarios")),
    )
    with op.batch_alter_table("matrix_scenarios", schema=None) as batch_op:
        batch_op.create_index("ix_matrix_scenarios_plan", ["plan_id", "id"], unique=False)

    op.create_table(
        "matrix_sign_offs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["matrix_plans.id"], name=op.f("fk_matrix_sign_offs_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_sign_offs")),
    )
    with op.batch_alter_table("matrix_sign_offs", schema=None) as batch_op:
        batch_op.create_index("ix_matrix_sign_offs_plan", ["plan_id", "id"], unique=False)

    op.create_table(
        "matrix_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("stopped", sa.String(length=500), nullable=False),
        sa.Column("texts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("send_id", sa.Integer(), nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("is_judged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_matrix_messages_customer_id")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["matrix_runs.id"], name=op.f("fk_matrix_messages_run_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["send_id"], ["sends.id"], name=op.f("fk_matrix_messages_send_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_messages")),
    )
    with op.batch_alter_table("matrix_messages", schema=None) as batch_op:
        batch_op.create_index("ix_matrix_messages_run", ["run_id", "id"], unique=False)

    op.create_table(
        "matrix_cells",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("expected", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("delivered", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("found", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("word", sa.String(length=8), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("judge_id", sa.Integer(), nullable=True),
        sa.Column("judge", sa.String(length=120), nullable=False),
        sa.Column("judged", sa.DateTime(), nullable=True),
        sa.Column("picture_kind", sa.String(length=32), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["matrix_messages.id"], name=op.f("fk_matrix_cells_message_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["matrix_runs.id"], name=op.f("fk_matrix_cells_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_cells")),
        sa.UniqueConstraint("message_id", "channel", name=op.f("uq_matrix_cells_message_id_channel")),
    )
    with op.batch_alter_table("matrix_cells", schema=None) as batch_op:
        batch_op.create_index("ix_matrix_cells_scenario", ["scenario_id", "channel", "id"], unique=False)

    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kinds", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="{}", nullable=False
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.drop_column("kinds")

    with op.batch_alter_table("matrix_cells", schema=None) as batch_op:
        batch_op.drop_index("ix_matrix_cells_scenario")

    op.drop_table("matrix_cells")
    with op.batch_alter_table("matrix_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_matrix_messages_run")

    op.drop_table("matrix_messages")
    with op.batch_alter_table("matrix_sign_offs", schema=None) as batch_op:
        batch_op.drop_index("ix_matrix_sign_offs_plan")

    op.drop_table("matrix_sign_offs")
    with op.batch_alter_table("matrix_scenarios", schema=None) as batch_op:
        batch_op.drop_index("ix_matrix_scenarios_plan")

    op.drop_table("matrix_scenarios")
    with op.batch_alter_table("matrix_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_matrix_runs_plan")

    op.drop_table("matrix_runs")
    with op.batch_alter_table("matrix_plans", schema=None) as batch_op:
        batch_op.drop_index("ix_matrix_plans_shop")

    op.drop_table("matrix_plans")
