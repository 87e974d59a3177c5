"""Bringing the dashboard's database to the present shape, with Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade_to_head(url: str) -> None:
    """Apply every migration that is missing."""
    command.upgrade(alembic_config(url), "head")


def alembic_config(url: str) -> Config:
    """Give Alembic what it needs without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config
