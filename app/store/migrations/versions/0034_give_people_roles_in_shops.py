"""give people roles in shops."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "shop_roles",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )
    _give_everybody_what_they_see()


def _give_everybody_what_they_see() -> None:
    """So far everybody saw every shop, in their one role. Administrators need no grant."""
    db = op.get_bind()
    roles = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    people = sa.table("people", sa.column("role"), sa.column("shop_roles", roles))
    every = {str(number): "" for number in db.scalars(sa.text("SELECT id FROM shops ORDER BY id"))}
    db.execute(people.update().where(people.c.role != "admin").values(shop_roles=every))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("shop_roles")
