"""Keep files that were brought, decisions about their rows, and which codes were uploaded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "brought_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brought_files")),
    )
    with op.batch_alter_table("brought_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brought_files_at"), ["at"], unique=False)

    op.create_table(
        "promo_uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.String(length=255), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promo_uploads")),
        sa.UniqueConstraint("shop_id", "list_id", "digest", name=op.f("uq_promo_uploads_shop_id_list_id_digest")),
    )
    with op.batch_alter_table("promo_uploads", schema=None) as batch_op:
        batch_op.create_index("ix_promo_uploads_digest", ["shop_id", "digest"], unique=False)

    with op.batch_alter_table("import_parts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changes", JSON, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("sample", JSON, nullable=False, server_default="[]"))

    with op.batch_alter_table("import_problems", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=8), nullable=False, server_default="left"))
        batch_op.add_column(sa.Column("decision", sa.String(length=8), nullable=True))

    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("headings", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("lenient", JSON, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reading", JSON, nullable=False, server_default="{}"))
        batch_op.create_index("ix_imports_headings", ["shop_id", "kind", "headings", "id"], unique=False)

    with op.batch_alter_table("link_batches", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reading", JSON, nullable=False, server_default="{}"))

    with op.batch_alter_table("promo_batches", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reading", JSON, nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("promo_batches", schema=None) as batch_op:
        batch_op.drop_column("reading")
        batch_op.drop_column("file_id")

    with op.batch_alter_table("link_batches", schema=None) as batch_op:
        batch_op.drop_column("reading")
        batch_op.drop_column("file_id")

    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_index("ix_imports_headings")
        batch_op.drop_column("reading")
        batch_op.drop_column("file_id")
        batch_op.drop_column("lenient")
        batch_op.drop_column("headings")

    with op.batch_alter_table("import_problems", schema=None) as batch_op:
        batch_op.drop_column("decision")
        batch_op.drop_column("kind")

    with op.batch_alter_table("import_parts", schema=None) as batch_op:
        batch_op.drop_column("sample")
        batch_op.drop_column("changes")

    with op.batch_alter_table("promo_uploads", schema=None) as batch_op:
        batch_op.drop_index("ix_promo_uploads_digest")

    op.drop_table("promo_uploads")
    with op.batch_alter_table("brought_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_brought_files_at"))

    op.drop_table("brought_files")
