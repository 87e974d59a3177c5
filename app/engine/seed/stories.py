"""A block of stories of the demo shop."""

from __future__ import annotations

from app.engine.store.db import Db
from app.engine.store.stories import StoryBlock

SHOP = "https://shop.example.com"
SETTINGS = {
    "color": "#1f2937",
    "font_size": 12,
    "avatar_size": 64,
    "icon_shape": "circle",
    "close_color": "#ffffff",
    "border_viewed": "#9ca3af",
    "border_not_viewed": "#0f766e",
    "background_progress": "#ffffff",
    "viewed_opacity": 60,
}


def stories(db: Db) -> None:
    """Make it: one story about the winter service, one about rain, with a button that leads into the shop."""
    db.add(StoryBlock(shop_id=db.shop.id, code="main", settings=SETTINGS, stories=[_winter(), _rain()]))


def _winter() -> dict[str, object]:
    return {
        "id": 1,
        "name": "Winter service",
        "avatar": f"{SHOP}/stories/winter.jpg",
        "pinned": False,
        "slides": [_slide(11, "winter-1", "Bring your bike"), _slide(12, "winter-2", "Ready in two days")],
    }


def _rain() -> dict[str, object]:
    button = {"type": "button", "title": "To the rain wear", "link": f"{SHOP}/sale", "color": "#ffffff"}
    return {
        "id": 2,
        "name": "Everything for the rain",
        "avatar": f"{SHOP}/stories/rain.jpg",
        "pinned": True,
        "slides": [_slide(21, "rain-1", "20 % off", button)],
    }


def _slide(number: int, picture: str, words: str, *more: dict[str, str]) -> dict[str, object]:
    text = {"type": "text_block", "text_input": words, "text_color": "#ffffff", "font_size": "24", "y_offset": "40"}
    address = f"{SHOP}/stories/{picture}.jpg"
    return {
        "id": number,
        "type": "image",
        "background": address,
        "background_color": "#000000",
        "preview": address,
        "duration": 5,
        "elements": [text, *more],
    }
