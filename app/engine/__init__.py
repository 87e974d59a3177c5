"""REES46 in a box: the API of the contract, answered for real from a database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.config import Settings


def upgrade(settings: Settings) -> None:
    """Bring the box's database to the present shape."""
    from app.engine.store.schema import box  # noqa: PLC0415  # Alembic is slow to import, seldom needed

    box.upgrade_to_head(settings.box_database)
