"""REES46 in a box: the API of the contract, answered for real from a database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.config import Settings
    from app.erasures import Erasure
    from app.re_encrypting import Done


def upgrade(settings: Settings) -> None:
    """Bring the box's database to the present shape."""
    from app.engine.store.schema import box  # noqa: PLC0415  # Alembic is slow to import, seldom needed

    box.upgrade_to_head(settings.box_database, settings.key)


def re_encrypt(settings: Settings) -> Iterator[Done]:
    """Encrypt with the newest secret key what an older one encrypted."""
    from app.engine.store.re_encrypting import re_encrypt  # noqa: PLC0415  # as above: only who is told to needs it

    return re_encrypt(settings)


def forget_again(settings: Settings, erasures: Iterable[Erasure]) -> int:
    """Make nameless again whom a backup has brought back; says how many that were."""
    from app.engine.store.erased import forget_again  # noqa: PLC0415  # as above: only who restores needs it

    return forget_again(settings, erasures)
