"""What a page may contribute to the page of a customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from datetime import datetime

    from flask_babel.speaklater import LazyString

Kind = Literal["contacts", "orders", "consent", "messages", "codes", "desk"]
KINDS: Mapping[str, LazyString] = {
    "contacts": _l("Contacts"),
    "orders": _l("Orders"),
    "consent": _l("Consent"),
    "messages": _l("Messages"),
    "codes": _l("Codes"),
    "desk": _l("Desk"),
}


@dataclass(frozen=True)
class Act:
    """Something to do: a link, or with `fields` a form that is posted. `key` is pressed alone to reach it."""

    title: str
    url: str
    icon: str
    fields: Mapping[str, str] | None = None
    key: str = ""
    place: int = 50
    group: Literal["main", "subscriptions", "more"] = "more"
    short: str = ""  # its words where there is little room
    focus: str = ""  # the field of this page that it leads to


@dataclass
class Event:
    """A line of the timeline: what happened when (UTC), as which source tells it."""

    kind: Kind
    icon: str
    title: str
    at: datetime | None
    source: str
    said_at: str = ""  # the time as it was told, where it cannot be read
    about: str = ""
    badges: list[tuple[str, str]] = field(default_factory=list)  # words and tone
    text: str = ""
    notes: list[str] = field(default_factory=list)  # who, and what else there is to know
    changes: list[tuple[str, str, str]] = field(default_factory=list)  # what, before, after
    url: str = ""
    act: Act | None = None  # undo it, or correct it
    tone: str = "neutral"
    is_quiet: bool = False
    act_id: int | None = None  # the act of the desk that it tells of
    gives_way: bool = False  # to what another source tells of the same act


@dataclass(frozen=True)
class Fact:
    """One of the figures that are asked for first."""

    name: str
    value: str
    note: str = ""
    url: str = ""
    at: datetime | None = None  # shown in place of the value
    place: int = 50


@dataclass(frozen=True)
class Attention:
    """What needs somebody."""

    icon: str
    head: str
    text: str = ""
    act: Act | None = None


@dataclass(frozen=True)
class Verdict:
    """How a channel stands, in one sentence."""

    channel: str
    words: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Side:
    """A folding part at the side; its template finds the context as `of`."""

    id: str
    title: str
    template: str
    context: Mapping[str, Any]
    count: str = ""
    place: int = 50


@dataclass(frozen=True)
class Above:
    """A part above the timeline; its template finds the context as `of`."""

    template: str
    context: Mapping[str, Any]


@dataclass
class Contribution:
    """All that one source has to say of a customer."""

    events: list[Event] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    attention: list[Attention] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    above: list[Above] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)  # what the source can and cannot know, for the foot
    gaps: list[str] = field(default_factory=list)  # what could not be read this time, and what stands in its place
