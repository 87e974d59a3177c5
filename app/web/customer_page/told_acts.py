"""How an act of the desk reads on the timeline: who did what when, from what to what, why, and how it ended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from app.web.acts.labels import act_label
from app.web.customer_page.contributions import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.acts import Act

ENDINGS = {"refused": "danger", "failed": "danger", "unknown": "warning", "held": "info", "withdrawn": "neutral"}
LONGEST = 200


def event_of_act(done: Act, /, icon: str = "history", label_of: Callable[[str], str] = str, **more: Any) -> Event:
    """Tell of an act. `label_of` says what a field is called; `more` is what the page says otherwise."""
    said: dict[str, Any] = {
        "kind": "desk",
        "title": act_label(done.what),
        "source": _("desk"),
        "notes": [part for part in (done.person, _reason(done)) if part],
        "changes": changes_of(done, label_of),
        "badges": ending_of(done),
        "url": url_for("trail.show", number=done.id),
        "is_quiet": True,
    }
    return Event(icon=icon, at=done.at, act_id=done.id, **(said | more))


def ending_of(act: Act) -> list[tuple[str, str]]:
    """Say how it ended, unless it is done."""
    words = {
        "refused": _("refused"),
        "failed": _("not done"),
        "unknown": _("unknown"),
        "awaiting": _("waits for a second person"),
        "held": _("waiting to be sent"),
        "withdrawn": _("taken back"),
        "trying": _("under way"),
    }
    outcome = act.outcome
    return [(words[outcome], ENDINGS.get(outcome, "info"))] if outcome in words else []


def changes_of(act: Act, label_of: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """Put before and after beside each other."""
    before, after = act.before or {}, act.after or {}
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    return [(label_of(name), _text(before.get(name)), _text(after.get(name))) for name in names]


def _reason(act: Act) -> str:
    return _("reason: %(reason)s", reason=act.reason) if act.reason else ""


def _text(value: Any) -> str:
    if value in (None, ""):
        return _("not set")
    if isinstance(value, bool):
        return _("on") if value else _("off")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
