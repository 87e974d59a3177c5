"""Moments as the database keeps them: UTC, without a zone."""

from __future__ import annotations

from datetime import UTC, datetime


def plain(moment: datetime) -> datetime:
    """Take the zone off a moment; one that names none is UTC already."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
