"""What was sent to a customer: as far back as REES46 tells, and before that as this desk read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup
from pydantic import Field

from app.rees46.notifications import DAYS, MOST, AllCounters, List, Notification, Numbers
from app.rees46.operation import Shape
from app.store.base import now
from app.store.last_replies import KEPT_FOR
from app.web.channels import NAMES
from app.web.customers.identity import identity_for
from app.web.customers.last_known import LastKnown, read_or_recall
from app.web.panels.offered import ask_if_offered
from app.web.shops import shop

if TYPE_CHECKING:
    from app.store.customers import KnownCustomer

TYPES = ["bulk", "chain", "transactional"]
ALWAYS = ["email", "sms", "web_push", "mobile_push"]  # every shop may have these; the others an administrator ticks
MOST_PAGES = 4
MOST_KEPT = 300
LONGEST = 600  # characters of what a message says
TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
APART = re.compile(r"<(?=/?(?:p|div|h[1-6]|[uo]l|li|tr|t[dh]|table|[bh]r|section|blockquote)\b)", re.IGNORECASE)
UNSEEN = re.compile(r"<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)


class Sent(Shape):
    """The messages of the last two weeks, or whatever REES46 told last, and those that it told before; newest first."""

    messages: list[Notification]
    older: list[Notification] = Field(default_factory=list)


@dataclass(frozen=True)
class Inbox:
    """The messages of a customer: those of which REES46 tells, and older ones that this desk read when it did."""

    known: LastKnown[Sent]
    pages: int

    @property
    def recent(self) -> list[Notification]:
        return self.known.reply.messages

    @property
    def older(self) -> list[Notification]:
        return self.known.reply.older

    @property
    def is_cut(self) -> bool:
        """Whether REES46 may have more of the last two weeks than was read."""
        return self.known.read is None and len(self.recent) >= self.pages * MOST


@dataclass(frozen=True)
class Counted:
    """How many messages of a type went over a channel, and of how many what became true."""

    channel: str
    kind: str
    numbers: Numbers


def inbox(customer: KnownCustomer, pages: int = 1) -> Inbox:
    """Read what was sent, up to a number of pages; what is older stays as it was read before."""
    return Inbox(read_or_recall(Sent, customer, lambda kept: _read(customer, kept, pages)), pages)


def find(customer: KnownCustomer, code: str) -> LastKnown[Sent]:
    """Find a message by its code: one code may have gone over several channels."""
    known = inbox(customer, MOST_PAGES).known
    told = [*known.reply.messages, *known.reply.older]
    return LastKnown(Sent(messages=[one for one in told if one.code == code]), known.read, known.happened)


def channels() -> list[str]:
    """Name the channels that are asked about: each of them makes the answer slower."""
    return ALWAYS + [name for name in NAMES if name in shop().channels and name not in ALWAYS]


def counted_since(customer: KnownCustomer, begin: date) -> list[Counted]:
    """Ask how many messages went out since a day and what became of them; what was not sent is left out."""
    wanted = {"date_from": begin, "channel": channels(), "type": TYPES}
    told = ask_if_offered(AllCounters.model_validate({**identity_for(AllCounters, customer), **wanted}))
    return [
        Counted(channel, kind, numbers)
        for channel, kinds in told.channels.items()
        for kind, numbers in kinds.items()
        if numbers.sent or any(getattr(numbers, name) for name in type(numbers).model_fields)
    ]


def since() -> str:
    """Give the first day that REES46 is asked about: it counts days by its own clock, which may be ahead of ours."""
    return (now() - timedelta(days=DAYS - 1)).date().isoformat()


def _read(customer: KnownCustomer, kept: Sent | None, pages: int) -> Sent:
    """Ask for what was sent lately; what was told before and is not told now stays for as long as it is kept."""
    fresh: list[Notification] = []
    for number in range(1, pages + 1):
        listed = ask_if_offered(question_about(identity_for(List, customer), number))
        fresh += listed
        if len(listed) < MOST:
            break
    return put_together(fresh, kept)


def put_together(listed: list[Notification], kept: Sent | None) -> Sent:
    """Add what was told before and is not told now."""
    fresh = [_shortened(one) for one in listed]
    told = {_name(one) for one in fresh}
    before = [one for one in ([*kept.messages, *kept.older] if kept else []) if _name(one) not in told]
    first, forgotten = now() - timedelta(days=DAYS), now() - KEPT_FOR
    recent = [one for one in before if not _is_older(one, first)]
    older = [one for one in before if _is_older(one, first) and not _is_older(one, forgotten)]
    return Sent(messages=_newest_first([*fresh, *recent]), older=_newest_first(older))


def _newest_first(messages: list[Notification]) -> list[Notification]:
    return sorted(messages, key=lambda message: sent_at(message) or now(), reverse=True)[:MOST_KEPT]


def question_about(identity: dict[str, str], number: int = 1) -> List:
    """Ask for a page of what was sent to somebody."""
    wanted = {"type": TYPES, "channel": channels(), "date_from": since(), "limit": MOST}
    return List.model_validate({**identity, **wanted} | ({"page": number} if number > 1 else {}))


def _name(one: Notification) -> tuple[str | None, ...]:
    return one.code, one.channel, one.type, one.sent_at


def _shortened(one: Notification) -> Notification:
    """Keep the beginning of what a message says: letters may be hundreds of kilobytes of HTML."""
    return one.model_copy(update={"body": plain(one.body)}) if one.body else one


def plain(text: str) -> str:
    """Take what a letter says out of its HTML."""
    said = Markup(APART.sub(" <", UNSEEN.sub(" ", text))).striptags() if TAG.search(text) else text  # noqa: S704  # tags are taken out of it
    return said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()}…"


def _is_older(one: Notification, moment: datetime) -> bool:
    at = sent_at(one)
    return at is not None and at < moment


def sent_at(one: Notification) -> datetime | None:
    """Read when it was sent; None when that was not told."""
    return moment_of(one.sent_at, one.date)


def moment_of(*said: str | None) -> datetime | None:
    """Read the first that is a moment, or the day alone: UTC."""
    for text in said:
        try:
            read = datetime.fromisoformat(text or "")
        except ValueError:
            continue
        return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read
    return None
