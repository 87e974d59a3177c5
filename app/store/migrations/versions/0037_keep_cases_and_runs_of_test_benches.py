"""Keep cases and runs of test benches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "bench_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("bench", sa.String(length=8), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bench_runs")),
        sa.UniqueConstraint("key", name=op.f("uq_bench_runs_key")),
    )
    with op.batch_alter_table("bench_runs", schema=None) as batch_op:
        batch_op.create_index("ix_bench_runs_at", ["at"], unique=False)
        batch_op.create_index("ix_bench_runs_bench", ["shop_id", "bench", "id"], unique=False)

    op.create_table(
        "personas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personas")),
        sa.UniqueConstraint("shop_id", "name", name=op.f("uq_personas_shop_id_name")),
    )
    op.create_table(
        "bench_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("bench", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("asked", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("expected", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("persona_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["personas.id"], name=op.f("fk_bench_cases_persona_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bench_cases")),
    )
    with op.batch_alter_table("bench_cases", schema=None) as batch_op:
        batch_op.create_index("ix_bench_cases_bench", ["shop_id", "bench", "id"], unique=False)

    op.create_table(
        "bench_results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("failed", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("items", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["bench_cases.id"], name=op.f("fk_bench_results_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["bench_runs.id"], name=op.f("fk_bench_results_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bench_results")),
        sa.UniqueConstraint("run_id", "case_id", name=op.f("uq_bench_results_run_id_case_id")),
    )
    with op.batch_alter_table("bench_results", schema=None) as batch_op:
        batch_op.create_index("ix_bench_results_case", ["case_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("bench_results", schema=None) as batch_op:
        batch_op.drop_index("ix_bench_results_case")

    op.drop_table("bench_results")
    with op.batch_alter_table("bench_cases", schema=None) as batch_op:
        batch_op.drop_index("ix_bench_cases_bench")

    op.drop_table("bench_cases")
    op.drop_table("personas")
    with op.batch_alter_table("bench_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_bench_runs_bench")
        batch_op.drop_index("ix_bench_runs_at")

    op.drop_table("bench_runs")
