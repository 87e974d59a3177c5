"""Keep stories, and whether the apps of a shop may ask for loyalty without its secret."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "story_blocks",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("settings", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("stories", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_story_blocks_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_blocks")),
        sa.UniqueConstraint("shop_id", "code", name=op.f("uq_story_blocks_shop_id_code")),
    )
    with op.batch_alter_table("shops", schema=None) as batch_op:
        batch_op.add_column(sa.Column("apps_ask_loyalty", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("shops", schema=None) as batch_op:
        batch_op.drop_column("apps_ask_loyalty")

    op.drop_table("story_blocks")
