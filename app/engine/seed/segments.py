"""The twelve segments of the demo shop. 123, 313 and 314 are those of the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.engine.seed.keep import numbered
from app.engine.seed.person import ANCHOR
from app.engine.store.segments import DYNAMIC, STATIC, Segment

if TYPE_CHECKING:
    from app.engine.store.db import Db

SEGMENTS: tuple[tuple[int, str, list[dict[str, Any]]], ...] = (
    (123, "Uploaded by hand", []),
    (313, "Spring sale", []),
    (314, "Bought something", [{"field": "bought_something", "is": True}]),
    (315, "VIP", []),
    (316, "Марафон 2026", []),
    (317, "Test recipients", []),
    (318, "Комиссионный магазин", []),
    (319, "Gravel club", []),
    (320, "Gold status", [{"field": "loyalty_status", "is": "Gold"}]),
    (321, "Женщины", [{"field": "gender", "is": "f"}]),
    (322, "Moscow", [{"field": "location", "is": "MSK"}]),
    (323, "Many bonuses", [{"field": "loyalty_bonuses", "at_least": 1000}]),
)


def segments(db: Db) -> dict[int, int]:
    """Insert them; give the row of each number."""
    rows = [
        {"number": number, "name": name, "kind": DYNAMIC if rule else STATIC, "rule": rule, "created": ANCHOR}
        for number, name, rule in SEGMENTS
    ]
    numbers = [number for number, _name, _rule in SEGMENTS]
    return dict(zip(numbers, numbered(db, Segment, rows), strict=True))
