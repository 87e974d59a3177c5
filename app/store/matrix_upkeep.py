"""Letting go of what the test matrix holds: old runs, and what names somebody who is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from app.store.matrix import MatrixCell, MatrixMessage, MatrixRun, MatrixScenario
from app.store.sweeping import delete_some

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some old runs with all that they tried; True when there may be more."""
    return delete_some(db, MatrixRun, MatrixRun.at < before)


def hide(db: Session, customer_ids: Collection[int]) -> None:
    """Forget what was to be said and was said to somebody; that something was tried, and how it ended, stays."""
    rows = update(MatrixScenario).where(MatrixScenario.customer_id.in_(customer_ids))
    db.execute(rows.values(variables={}, expected={}))
    mine = MatrixMessage.customer_id.in_(customer_ids)
    sent = select(MatrixMessage.id).where(mine)
    cells = update(MatrixCell).where(MatrixCell.message_id.in_(sent))
    db.execute(cells.values(delivered=None, expected=[], found=[], note="", picture=None, picture_kind=""))
    db.execute(update(MatrixMessage).where(mine).values(asked={}, texts={}))


def picture_place(cell_id: int) -> str:
    """Say what a picture is encrypted as: that of a cell and no other."""
    return f"matrix cell {cell_id}"
