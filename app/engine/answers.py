"""How a handler says what it answers: with its signature, `(db: Db, op: segments.Add) -> Done`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints

from pydantic import ValidationError

from app.engine.store.db import Db
from app.rees46.operation import Operation

Handler = TypeVar("Handler", bound="Callable[..., Any]")


class Refusal(Exception):
    """The box answers no, with a status of rees46.md#status-codes and words for the caller."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers


@dataclass(frozen=True)
class Answered:
    """An operation and the function that answers it."""

    operation: type[Operation[Any]]
    handler: Callable[[Db, Any], Any]


PREPARED: dict[type[Operation[Any]], Callable[[Db, Any], Any]] = {}
ANSWERED: dict[type[Operation[Any]], Answered] = {}


def answers(handler: Handler) -> Handler:
    """Register a handler; a signature that does not fit its operation fails here, at start."""
    return registered(handler, ANSWERED)


def registered(handler: Handler, registry: dict[type[Operation[Any]], Answered]) -> Handler:
    """Put a handler into a registry, by its operation."""
    hints = get_type_hints(handler)
    names = list(inspect.signature(handler).parameters)
    operation = hints.get("op")
    if names != ["db", "op"] or hints["db"] is not Db or not (operation and _is_operation(operation)):
        raise TypeError(f"{handler.__qualname__} must look like (db: Db, op: SomeOperation) -> Reply")
    due = operation.reply()._type  # noqa: SLF001  # pydantic offers no public name for it
    if hints.get("return") != (type(None) if due is None else due):
        raise TypeError(f"{handler.__qualname__} returns {hints.get('return')}, {operation.name()} answers {due}")
    if operation in registry:
        raise TypeError(f"{operation.name()} is answered twice")
    registry[operation] = Answered(operation, handler)
    return handler


def prepares(prepare: Handler) -> Handler:
    """Register slow work of an operation: it is done before the transaction begins, which no slow work may hold up.

    It has a session of its own to read with; what it returns is `db.at.prepared` for the handler.
    """
    PREPARED[get_type_hints(prepare)["op"]] = prepare
    return prepare


def _is_operation(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Operation)


def first_words(wrong: ValidationError | RecursionError) -> str:
    """Say which parameter is wrong and how, without repeating the value."""
    if isinstance(wrong, RecursionError):
        return "The JSON is nested too deeply"
    first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"] if not str(part).startswith("function-"))
    words = first["msg"].removeprefix("Value error, ")
    return f"{place}: {words}" if place else words
