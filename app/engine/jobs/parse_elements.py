"""Elements of imports: understood one by one, and the customers they are about found together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from app.engine.answers import first_words
from app.engine.jobs.registry import Remark, Row, Unfit
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.identity_bulk import identified_many
from app.rees46.identity import AnyIdentity
from app.rees46.operation import Shape
from app.rees46.values import absent

S = TypeVar("S", bound=Shape)
N = TypeVar("N", bound=AnyIdentity)  # names a customer
PURGED = "The address bounced and was purged for ever"


def reads(kind: type[S], *, extra: Literal["allow", "ignore"] = "ignore") -> Callable[[Any], S]:
    """Make what understands an element; empty text in it, or in the objects inside, means no value."""

    def read(element: Any) -> S:
        try:
            return kind.model_validate(_present(element), extra=extra)
        except (ValidationError, RecursionError) as wrong:
            raise Unfit(first_words(wrong)) from None

    return read


def _present(said: Any) -> Any:
    if isinstance(said, dict):
        return {key.strip(): _present(value) for key, value in said.items() if not absent(value)}
    return [_present(item) for item in said] if isinstance(said, list) else said


def owned(db: Db, rows: Sequence[Row[N]]) -> tuple[list[tuple[Row[N], Customer]], list[Remark]]:
    """Find or make the customer that each row is about; rows of those who were purged are left out."""
    owners = identified_many(db, [row.value.who() for row in rows])
    known = [(row, owner) for row, owner in zip(rows, owners, strict=True) if owner]
    purged = [row for row, owner in zip(rows, owners, strict=True) if not owner]
    return known, [Remark(row.place, PURGED, is_skipped=True) for row in purged]
