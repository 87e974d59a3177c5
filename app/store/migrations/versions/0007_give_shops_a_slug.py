"""Give every shop the slug that stands for it in URLs, made of the name it has now."""

from __future__ import annotations

from itertools import chain, count

import sqlalchemy as sa
from alembic import op
from slugify import slugify

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

shops = sa.Table(
    "shops", sa.MetaData(), sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String()),
    sa.Column("slug", sa.String()),
)  # fmt: skip


def upgrade() -> None:
    op.add_column("shops", sa.Column("slug", sa.String(length=64), nullable=True))
    name_all(op.get_bind())
    with op.batch_alter_table("shops", schema=None) as batch_op:
        batch_op.alter_column("slug", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_shops_slug"), ["slug"])


def name_all(db: sa.Connection) -> None:
    """Number those whose names come to the same."""
    taken: set[str] = set()
    for shop in db.execute(sa.select(shops).order_by(shops.c.id)).all():
        first = slugify(shop.name, max_length=50) or "shop"
        numbered = (f"{first}-{number}" for number in count(2))
        slug = next(each for each in chain([first], numbered) if each not in taken)
        taken.add(slug)
        db.execute(shops.update().where(shops.c.id == shop.id).values(slug=slug))


def downgrade() -> None:
    with op.batch_alter_table("shops", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_shops_slug"), type_="unique")
        batch_op.drop_column("slug")
