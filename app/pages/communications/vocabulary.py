"""What the managed lists are called, and how the words that every shop starts with read in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask_babel.speaklater import LazyString

    from app.store.words import Word

LISTS: dict[str, LazyString] = {
    "channel": _l("Channel"),
    "event": _l("Direction"),
    "call_type": _l("Type"),
    "call_theme": _l("Theme"),
    "subject_appeal": _l("Sub-theme"),
    "status": _l("Status"),
    "author_type": _l("Author"),
    "location_id": _l("Location"),
}
SAID: dict[str, LazyString] = {
    "phone": _l("phone"),
    "chat": _l("chat"),
    "email": _l("e-mail"),
    "store": _l("in the shop"),
    "incoming": _l("incoming"),
    "outgoing": _l("outgoing"),
    "question": _l("question"),
    "complaint": _l("complaint"),
    "return": _l("return"),
    "answer": _l("answer"),
    "offer": _l("offer"),
    "visit": _l("visit"),
    "order": _l("order"),
    "delivery": _l("delivery"),
    "payment": _l("payment"),
    "product": _l("product"),
    "loyalty": _l("loyalty"),
    "subscription": _l("subscription"),
    "closed": _l("closed"),
    "open": _l("open"),
    "operator": _l("operator"),
    "manager": _l("manager"),
    "bot": _l("bot"),
    "online": _l("online"),
}


class Vocabulary:
    """The words of a shop: `reads("channel", "phone")` is how people read it, label first."""

    def __init__(self, lists: dict[str, list[Word]]) -> None:
        self.lists = lists
        self._labels = {(word.kind, word.value): word.label for words in lists.values() for word in words if word.label}

    def reads(self, kind: str, value: str | None) -> str:
        if not value:
            return ""
        return self._labels.get((kind, value)) or str(SAID.get(value, value))

    def choices(self, kind: str, now: str | None = None) -> dict[str, str]:
        """The words to choose from; what stands there now stays possible even when it is off the list."""
        values = [word.value for word in self.lists[kind]]
        known: Iterable[str] = values if not now or now in values else [now, *values]
        return {value: self.reads(kind, value) for value in known}
