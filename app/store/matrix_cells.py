"""What runs of the test matrix left in its cells, over all runs of a plan, and who had a hand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.store.matrix import MatrixCell, MatrixRun

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


def cells_before(db: Session, run: MatrixRun) -> dict[tuple[int, str], MatrixCell]:
    """Give the cell of each scenario and channel as an earlier run left it last, for comparing."""
    return _newest_cells(db, MatrixRun.plan_id == run.plan_id, MatrixRun.id < run.id)


def cells_of(db: Session, plan_id: int, digest: str) -> dict[tuple[int, str], MatrixCell]:
    """Give the newest cell of each scenario and channel among runs that tried the same copies and scenarios."""
    return _newest_cells(db, MatrixRun.plan_id == plan_id, MatrixRun.digest == digest)


def _newest_cells(db: Session, *runs: ColumnElement[bool]) -> dict[tuple[int, str], MatrixCell]:
    """Find them in the database: a plan may have hundreds of runs, of which one cell each is wanted."""
    tried = select(func.max(MatrixCell.id)).join(MatrixRun, MatrixCell.run_id == MatrixRun.id)
    tried = tried.where(*runs, MatrixRun.state != "undone").group_by(MatrixCell.scenario_id, MatrixCell.channel)
    newest = select(MatrixCell).where(MatrixCell.id.in_(tried)).order_by(MatrixCell.id)
    return {(cell.scenario_id, cell.channel): cell for cell in db.scalars(newest)}


def people_of(db: Session, plan_id: int, digest: str) -> set[int]:
    """Who ran these copies and scenarios, or judged a cell of them."""
    mine = (MatrixRun.plan_id == plan_id, MatrixRun.digest == digest)
    judges = select(MatrixCell.judge_id).join(MatrixRun, MatrixCell.run_id == MatrixRun.id).where(*mine)
    runners = select(MatrixRun.person_id).where(*mine)
    return {*db.scalars(runners), *(number for number in db.scalars(judges) if number is not None)}
