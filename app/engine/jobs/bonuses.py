"""Importing the state of bonus accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from app.engine.hearing import first_words
from app.engine.store.bonuses import keep
from app.engine.store.crowd import identified_many
from app.engine.store.db import Db
from app.engine.working import Remark, Row, Unfit, job
from app.rees46.bonuses import Statement
from app.rees46.values import absent

PURGED = "The address bounced and was purged for ever"


def statement(element: Any) -> Statement:
    """Understand an element; empty text in it means no value."""
    said = {key.strip(): value for key, value in element.items() if not absent(value)}
    try:
        return Statement.model_validate(said, extra="ignore")
    except (ValidationError, RecursionError) as wrong:
        raise Unfit(first_words(wrong)) from None


@job("bonuses", check=statement)
def save(db: Db, _about: Mapping[str, Any], rows: Sequence[Row[Statement]]) -> list[Remark]:
    """Keep the statements of a part."""
    owners = identified_many(db, [row.value.who() for row in rows])
    keep(db, [(owner, row.value) for row, owner in zip(rows, owners, strict=True) if owner])
    return [Remark(row.place, PURGED, is_skipped=True) for row, owner in zip(rows, owners, strict=True) if not owner]
