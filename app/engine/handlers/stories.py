"""Stories and pop-ups: what is set up is shown, what visitors do is noted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.engine.answers import Refusal, answers
from app.engine.store.db import Db
from app.engine.store.events import note
from app.engine.store.stories import FOLLOWED, SEEN, block_of, slides_seen
from app.rees46 import popups, stories
from app.rees46.replies import Done, Tracked

POPUP = "popup"


@answers
def read(db: Db, op: stories.Read) -> stories.Block:
    """Show a block to a device: which stories it has seen to their end, and where to go on."""
    block = block_of(db, op.code)
    if block is None:
        raise Refusal(404, "Code is not valid")
    seen = slides_seen(db, op.code, op.did) if op.did else set()
    shown = [_story(story, seen) for story in block.stories]
    shown.sort(key=lambda story: not story.pinned)
    return stories.Block(id=block.id, settings=block.settings, stories=shown)


def _story(said: dict[str, Any], seen: Collection[tuple[str, int]]) -> stories.Story:
    story = stories.Story(**said)
    unseen = [place for place, slide in enumerate(story.slides) if (str(story.id), slide.id) not in seen]
    story.viewed, story.pinned = not unseen, bool(story.pinned)
    story.start_position = unseen[0] if unseen else 0
    return story


@answers
def track(db: Db, op: stories.Track) -> Tracked:
    """Note what was done with a slide; also of a block that is gone, since apps keep what they loaded."""
    about = {"did": op.did, "seance": op.sid, "stream": op.stream, "name": op.code}
    slide = {"label": str(op.story_id), "value": op.slide_id}
    note(db, SEEN if op.event == "view" else FOLLOWED, about | slide)
    return Tracked()


@answers
def popup_showed(db: Db, op: popups.Showed) -> Done:
    """Note that a pop-up was shown."""
    note(db, POPUP, {"did": op.did, "seance": op.sid, "stream": op.stream, "name": op.popup})
    return Done()
