"""The shape of the box's database."""

from __future__ import annotations

from app.schema import Schema

box = Schema("box")
