"""The shape of the dashboard's database."""

from __future__ import annotations

from app.schema import Schema

desk = Schema("desk")
