"""Count wrong passwords in the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wrong_passwords",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_passwords")),
    )
    with op.batch_alter_table("wrong_passwords", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wrong_passwords_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_wrong_passwords_name"), ["name", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("wrong_passwords", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wrong_passwords_name"))
        batch_op.drop_index(batch_op.f("ix_wrong_passwords_at"))

    op.drop_table("wrong_passwords")
