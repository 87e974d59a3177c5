"""The shape of the dashboard's database."""

from __future__ import annotations

from pathlib import Path

from app.schema import Schema

desk = Schema(Path(__file__).parent / "migrations")
