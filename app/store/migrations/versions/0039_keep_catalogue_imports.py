"""keep catalogue imports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "box_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("said", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("is_seen", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_notices")),
        sa.UniqueConstraint("shop_id", "number", name=op.f("uq_box_notices_shop_id_number")),
    )
    with op.batch_alter_table("box_notices", schema=None) as batch_op:
        batch_op.create_index("ix_box_notices_at", ["at"], unique=False)
        batch_op.create_index("ix_box_notices_unseen", ["shop_id", "is_seen", "id"], unique=False)

    op.create_table(
        "catalogue_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reading", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("columns", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("read_rows", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("known", sa.LargeBinary(), nullable=True),
        sa.Column("effect", sa.LargeBinary(), nullable=True),
        sa.Column("hook", sa.Text(), nullable=True),
        sa.Column("hook_digest", sa.String(length=64), nullable=True),
        sa.Column("hook_until", sa.DateTime(), nullable=True),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_imports")),
        sa.UniqueConstraint("hook_digest", name=op.f("uq_catalogue_imports_hook_digest")),
        sa.UniqueConstraint("key", name=op.f("uq_catalogue_imports_key")),
    )
    with op.batch_alter_table("catalogue_imports", schema=None) as batch_op:
        batch_op.create_index("ix_catalogue_imports_forgotten", ["forgotten", "at"], unique=False)
        batch_op.create_index("ix_catalogue_imports_kind", ["shop_id", "kind", "id"], unique=False)
        batch_op.create_index("ix_catalogue_imports_shop", ["shop_id", "id"], unique=False)

    op.create_table(
        "sent_locations",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "location", name=op.f("pk_sent_locations")),
    )
    op.create_table(
        "sent_stock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("is_in", sa.Boolean(), nullable=False),
        sa.Column("ids", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_stock")),
    )
    with op.batch_alter_table("sent_stock", schema=None) as batch_op:
        batch_op.create_index("ix_sent_stock_shop", ["shop_id", "id"], unique=False)

    op.create_table(
        "catalogue_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent", sa.DateTime(), nullable=True),
        sa.Column("told", sa.String(length=8), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("message", sa.String(length=500), nullable=True),
        sa.Column("out", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=True),
        sa.Column("problems", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("sample", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f("fk_catalogue_parts_act_id")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["catalogue_imports.id"], name=op.f("fk_catalogue_parts_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_parts")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_catalogue_parts_import_id_number")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("catalogue_parts")
    with op.batch_alter_table("sent_stock", schema=None) as batch_op:
        batch_op.drop_index("ix_sent_stock_shop")

    op.drop_table("sent_stock")
    op.drop_table("sent_locations")
    with op.batch_alter_table("catalogue_imports", schema=None) as batch_op:
        batch_op.drop_index("ix_catalogue_imports_shop")
        batch_op.drop_index("ix_catalogue_imports_kind")
        batch_op.drop_index("ix_catalogue_imports_forgotten")

    op.drop_table("catalogue_imports")
    with op.batch_alter_table("box_notices", schema=None) as batch_op:
        batch_op.drop_index("ix_box_notices_unseen")
        batch_op.drop_index("ix_box_notices_at")

    op.drop_table("box_notices")
