"""seal the trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "trail_anchors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=False),
        sa.Column("seal_mac", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_anchors")),
    )
    op.create_table(
        "trail_seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_seals")),
    )
    op.create_table(
        "trail_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("commitments", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["seal_id"], ["trail_seals.id"], name=op.f("fk_trail_entries_seal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_entries")),
    )
    with op.batch_alter_table("trail_entries", schema=None) as batch_op:
        batch_op.create_index("ix_trail_entries_act", ["act_id", "id"], unique=False)
        batch_op.create_index("ix_trail_entries_seal", ["seal_id", "id"], unique=False)

    with op.batch_alter_table("acts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.create_index(
            "ix_acts_to_seal",
            ["id"],
            unique=False,
            sqlite_where=sa.text("(sealed < 2 OR (outcome = 'settled' AND sealed < 3))"),
            postgresql_where=sa.text("(sealed < 2 OR (outcome = 'settled' AND sealed < 3))"),
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("acts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_acts_to_seal",
            sqlite_where=sa.text("(sealed < 2 OR (outcome = 'settled' AND sealed < 3))"),
            postgresql_where=sa.text("(sealed < 2 OR (outcome = 'settled' AND sealed < 3))"),
        )
        batch_op.drop_column("sealed")

    with op.batch_alter_table("trail_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_trail_entries_seal")
        batch_op.drop_index("ix_trail_entries_act")

    op.drop_table("trail_entries")
    op.drop_table("trail_seals")
    op.drop_table("trail_anchors")
