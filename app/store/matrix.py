"""The test matrix: a plan for a campaign, its scenarios, runs of it, and what was signed off.

A scenario is one message; a run sends each once, by an act of its own, and has a cell for each channel: what was
expected (kept as it was when the run began), what was delivered, what the machine says and what a person says of it.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.base import Base, Id, Json, Moment
from app.store.customers import KnownCustomer
from app.store.sends import Send
from app.vault import LOCKED

Expected = dict[str, list[dict[str, str]]]  # by channel: what is checked, with which value


class MatrixPlan(Base):
    """What is to be tried of a campaign."""

    __tablename__ = "matrix_plans"
    __table_args__ = (Index("ix_matrix_plans_shop", "shop_id", "id"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    name: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int]  # who wrote in it last: they cannot sign it off
    person: Mapped[str] = mapped_column(String(120))


class MatrixScenario(Base):
    """A row: to whom, by which way, with which variables, and what is expected over each channel."""

    __tablename__ = "matrix_scenarios"
    __table_args__ = (Index("ix_matrix_scenarios_plan", "plan_id", "id"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    plan_id: Mapped[int] = mapped_column(ForeignKey("matrix_plans.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    edge: Mapped[str] = mapped_column(String(255), default="")  # what is special about it
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[KnownCustomer] = relationship(lazy="joined", innerjoin=True)
    way: Mapped[str] = mapped_column(String(8), default="all")  # all channels at once, or the first that reaches
    language: Mapped[str] = mapped_column(String(2), default="")
    variables: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    expected: Mapped[Expected] = mapped_column(Json, default=dict)


class MatrixRun(Base):
    """One run of a plan, or of the cells of an earlier one that failed."""

    __tablename__ = "matrix_runs"
    __table_args__ = (Index("ix_matrix_runs_plan", "plan_id", "id"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    plan_id: Mapped[int] = mapped_column(ForeignKey("matrix_plans.id", ondelete="CASCADE"))
    at: Mapped[Moment]
    person_id: Mapped[int]
    person: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(8), default="running")  # running, done; undone: nothing went out
    digest: Mapped[str] = mapped_column(String(64))  # of the copies and scenarios that it tried
    again_of: Mapped[int | None]  # the run whose failed cells it tries again
    ended: Mapped[datetime | None]


class MatrixMessage(Base):
    """A scenario as a run sends it. Once it is sent, what became of it stands at its act."""

    __tablename__ = "matrix_messages"
    __table_args__ = (Index("ix_matrix_messages_run", "run_id", "id"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    run_id: Mapped[int] = mapped_column(ForeignKey("matrix_runs.id", ondelete="CASCADE"))
    scenario_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[KnownCustomer] = relationship(lazy="joined", innerjoin=True)
    way: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2), default="")
    asked: Mapped[dict[str, Any]] = mapped_column(Json)  # the parameters of the call
    stopped: Mapped[str] = mapped_column(String(500), default="")  # why it was not sent at all
    texts: Mapped[dict[str, str]] = mapped_column(Json, default=dict)  # the copy, filled when it was sent
    send_id: Mapped[int | None] = mapped_column(ForeignKey("sends.id"))
    send: Mapped[Send | None] = relationship(lazy="joined")
    looks: Mapped[int] = mapped_column(default=0)  # how often REES46 was asked what it delivered
    is_judged: Mapped[bool] = mapped_column(default=False)
    cells: Mapped[list[MatrixCell]] = relationship(lazy="selectin", order_by="MatrixCell.id", viewonly=True)

    @property
    def outcome(self) -> str:
        """What became of it."""
        if self.send is None:
            return "stopped" if self.stopped else "waiting"
        return self.send.state


class MatrixCell(Base):
    """A scenario over a channel: what was expected and came out, by the machine and by a person."""

    __tablename__ = "matrix_cells"
    __table_args__ = (
        UniqueConstraint("message_id", "channel"),
        Index("ix_matrix_cells_scenario", "scenario_id", "channel", "id"),
    )

    id: Mapped[Id]
    shop_id: Mapped[int]
    run_id: Mapped[int] = mapped_column(ForeignKey("matrix_runs.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(ForeignKey("matrix_messages.id", ondelete="CASCADE"))
    scenario_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(16))
    expected: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    delivered: Mapped[dict[str, str] | None] = mapped_column(Json)  # parts by REES46's names; None: nothing came
    verdict: Mapped[str] = mapped_column(String(8), default="")  # right, wrong, unknown; empty: not judged yet
    found: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)  # each expectation with what came out
    word: Mapped[str] = mapped_column(String(8), default="")  # a person's: right or wrong
    note: Mapped[str] = mapped_column(Text, default="")
    judge_id: Mapped[int | None]
    judge: Mapped[str] = mapped_column(String(120), default="")
    judged: Mapped[datetime | None]
    picture_kind: Mapped[str] = mapped_column(String(32), default="")
    picture: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, info=LOCKED)

    @property
    def outcome(self) -> str:
        """What holds: a person's word comes before the machine's."""
        return self.word or self.verdict


class MatrixSignOff(Base):
    """A second person's yes to what a run tried; it holds while copies and scenarios are as they were."""

    __tablename__ = "matrix_sign_offs"
    __table_args__ = (Index("ix_matrix_sign_offs_plan", "plan_id", "id"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    plan_id: Mapped[int] = mapped_column(ForeignKey("matrix_plans.id", ondelete="CASCADE"))
    run_id: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[Moment]
    person_id: Mapped[int]
    person: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")


def scenarios(db: Session, plan_id: int) -> list[MatrixScenario]:
    query = select(MatrixScenario).where(MatrixScenario.plan_id == plan_id)
    return list(db.scalars(query.order_by(MatrixScenario.id)))


def runs(db: Session, plan_id: int, most: int = 20) -> list[MatrixRun]:
    """List the newest runs."""
    query = select(MatrixRun).where(MatrixRun.plan_id == plan_id)
    return list(db.scalars(query.order_by(MatrixRun.id.desc()).limit(most)))


def last_run(db: Session, plan_id: int) -> MatrixRun | None:
    """Give the newest run of which something went out."""
    query = select(MatrixRun).where(MatrixRun.plan_id == plan_id, MatrixRun.state != "undone")
    return db.scalar(query.order_by(MatrixRun.id.desc()).limit(1))


def messages(db: Session, run_id: int) -> list[MatrixMessage]:
    query = select(MatrixMessage).where(MatrixMessage.run_id == run_id)
    return list(db.scalars(query.order_by(MatrixMessage.id)))


def move(db: Session, run_id: int, before: str, then: str, **more: Any) -> bool:
    """Move a run on; of two who try one does."""
    here = update(MatrixRun).where(MatrixRun.id == run_id, MatrixRun.state == before)
    return bool(db.execute(here.values(state=then, **more)).rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


class Taken(Exception):
    """Another act sends this message."""


def take(db: Session, message_id: int, send: Send, texts: dict[str, str]) -> None:
    """Let a message be sent; of two who try one does, and for the other the act is undone."""
    db.add(send)
    db.flush()
    mine = update(MatrixMessage).where(MatrixMessage.id == message_id, MatrixMessage.send_id.is_(None))
    if not db.execute(mine.values(send_id=send.id, texts=texts)).rowcount:  # type: ignore[attr-defined]  # as above
        raise Taken


def run_before(db: Session, run: MatrixRun) -> MatrixRun | None:
    """Find the run whose failed cells this one tried again."""
    return db.scalar(select(MatrixRun).where(MatrixRun.id == run.again_of, MatrixRun.plan_id == run.plan_id))


def sign_off(db: Session, plan_id: int) -> MatrixSignOff | None:
    """Give the last one of a plan."""
    query = select(MatrixSignOff).where(MatrixSignOff.plan_id == plan_id)
    return db.scalar(query.order_by(MatrixSignOff.id.desc()).limit(1))
