"""Stories: slides that apps show in a block, and what visitors do with them.

Source: SDK, and newer documentation, "stories" (rees46.md#stories).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, JsonValue

from .operation import Http, Operation, Shape, newer
from .replies import Tracked
from .sessions import Stream
from .values import Identifier, lower

Number = Annotated[int, Field(ge=1, le=2_147_483_647)]


class Slide(Shape):
    """A slide: an image or a video, for so many seconds, with texts, buttons and products on it."""

    id: int
    type: str | None = None
    background: str | None = None
    background_color: str | None = None
    preview: str | None = None
    duration: int | None = None
    elements: list[dict[str, JsonValue]] = []


class Story(Shape):
    """A story; `start_position` is the slide to begin with, and `viewed` that this device has seen it to its end."""

    id: int
    name: str | None = None
    avatar: str | None = None
    viewed: bool | None = None
    pinned: bool | None = None
    start_position: int | None = None
    slides: list[Slide] = []


class Block(Shape):
    """A block of stories, and how it looks."""

    id: int
    settings: dict[str, JsonValue] = {}
    stories: list[Story]
    code: str | None = newer()


class Read(Operation[Block]):
    """Read the stories of a block, those pinned first. 404 when there is no such block."""

    http = Http("GET", "/stories/{code}")

    code: Identifier = Field(description="Code of the block")
    did: Identifier | None = Field(None, description="Device ID of the visitor")
    seance: Identifier | None = Field(None, description="ID of the visit")
    stream: str | None = Stream


class Track(Operation[Tracked]):
    """Report that a visitor saw a slide, or followed it."""

    http = Http("POST", "/track/stories", sends="json", repeatable=True)

    did: Identifier = Field(description="Device ID of the visitor")
    sid: Identifier | None = Field(None, description="ID of the visit")
    event: Annotated[Literal["view", "click"], BeforeValidator(lower)] = Field(description="view or click")
    code: Identifier = Field(description="Code of the block")
    story_id: Number = Field(description="Number of the story")
    slide_id: Number = Field(description="Number of the slide")
    stream: str | None = Stream
