"""The shape of the box's database."""

from __future__ import annotations

from pathlib import Path

from app.schema import Schema

box = Schema(Path(__file__).parent.parent / "migrations")
