"""What REES46 said of a customer stays known: read anew if it answers, and else shown as it was read last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from app.rees46.errors import Garbled, Rees46Error, TooMany, Unreachable
from app.store import last_replies
from app.web.context import desk, if_there_is_room, settings
from app.web.error_words import in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.store.customers import KnownCustomer

Known = TypeVar("Known", bound=BaseModel)


@dataclass(frozen=True)
class LastKnown(Generic[Known]):
    """What is known; when it was read and why not now, where REES46 does not answer."""

    reply: Known
    read: datetime | None = None
    happened: str = ""


def read_or_recall(
    model: type[Known], customer: KnownCustomer, read: Callable[[Known | None], Known]
) -> LastKnown[Known]:
    """Read with what was read last in hand, and keep it; without an answer give what was read last.

    A refusal is an answer: it is raised, and so is everything when nothing was ever read.
    """
    kept = _recall(model, customer)
    try:
        reply = read(kept.reply if kept else None)
    except (Unreachable, Garbled, TooMany) as error:
        if kept is None:
            raise
        return LastKnown(kept.reply, kept.read, _words(error))
    with if_there_is_room(), desk().writing() as db:
        keep_with(db, customer, reply)
    return LastKnown(reply)


def keep_with(db: Session, customer: KnownCustomer, reply: BaseModel) -> None:
    """Keep what was read, in a transaction that writes more."""
    text = reply.model_dump_json(exclude_unset=True)
    last_replies.keep(db, customer, _kind(type(reply)), text, settings().key)


def _recall(model: type[Known], customer: KnownCustomer) -> LastKnown[Known] | None:
    with desk().reading() as db:
        return recall_in(db, model, customer)


def recall_in(db: Session, model: type[Known], customer: KnownCustomer) -> LastKnown[Known] | None:
    """Give what was read last; None when nothing is kept, or in a shape of before."""
    kept = last_replies.last(db, customer, _kind(model), settings().key)
    if kept is None:
        return None
    read, text = kept
    try:
        return LastKnown(model.model_validate_json(text, extra="ignore"), read)
    except ValidationError:  # a release of before kept it in another shape
        return None


def _kind(model: type[BaseModel]) -> str:
    """Name what is kept: the model, by the page that it belongs to."""
    return f"{model.__module__.split('.')[2]}.{model.__name__}"


def _words(error: Rees46Error) -> str:
    return in_words(error)["happened"]
