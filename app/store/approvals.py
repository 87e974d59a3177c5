"""Acts that wait for a second person: written down with their exact effect, and sent only when somebody approves.

    open ──► approved                        its act is held then, and goes out as any held act does
      └────► refused | expired | changed     nothing was sent

While it is open its act is `awaiting`; taken back by whoever asked, the act is withdrawn. `mark` stands for what the
review showed: when that is another one by the time somebody approves, or it goes out, nothing is sent.
Who has to wait: app/web/safeguards/approval_rules.py.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, cast

from sqlalchemy import CursorResult, Index, Select, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import vault
from app.store import acts, works
from app.store.acts import Act
from app.store.base import Base, Id, Moment, now
from app.store.sweeping import delete_some
from app.store.works import Work

if TYPE_CHECKING:
    from app.secret_key import SecretKey

Ending = Literal["approved", "refused", "expired", "changed"]
Line = tuple[str, str, str]  # what, before, after


class Approval(Base):
    """What somebody wants to do, and what a second person said to it. `locked`: its effect and its call, encrypted."""

    __tablename__ = "approvals"
    __table_args__ = (Index("ix_approvals_shop", "shop_id", "id"), Index("ix_approvals_open", "state", "until"))

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person_id: Mapped[int]  # who asked
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    rule: Mapped[str] = mapped_column(String(24))  # why it waits
    kind: Mapped[str] = mapped_column(String(32))  # of the work that does it
    act_id: Mapped[int] = mapped_column(unique=True)
    until: Mapped[datetime]
    mark: Mapped[str] = mapped_column(String(64))
    locked: Mapped[str] = mapped_column(Text, info=vault.LOCKED)
    why: Mapped[str | None] = mapped_column(Text)  # what whoever asked says to it, besides the reason of the act
    state: Mapped[str] = mapped_column(String(8), default="open")
    by_id: Mapped[int | None] = mapped_column("decider_id")
    by: Mapped[str | None] = mapped_column("decider", String(120))
    decided: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(Text)  # the reason of whoever decided

    def keep(self, lines: list[Line], call: dict[str, Any], key: SecretKey) -> None:
        """Keep what the review showed, and the call where the act does not hold it whole."""
        self.locked = vault.lock(json.dumps({"lines": lines, "call": call}, ensure_ascii=False, default=str), key)

    def lines(self, key: SecretKey) -> list[Line]:
        return [(line[0], line[1], line[2]) for line in self._kept(key)["lines"]]

    def call(self, key: SecretKey) -> dict[str, Any]:
        found: dict[str, Any] = self._kept(key)["call"]
        return found

    def _kept(self, key: SecretKey) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(vault.unlock(self.locked, key))
        return found


def ask(db: Session, approval: Approval, work: Work, act: Act) -> None:
    """Write down an act that waits for a second person, with the work that does it; the same click asks once."""
    act.written, act.until = "awaiting", approval.until
    acts.begin(db, act)
    work.act_id, work.state, work.due = act.id, "awaiting", approval.until
    works.add(db, work)
    approval.act_id = act.id
    db.add(approval)


def of_act(db: Session, act_id: int | None) -> Approval | None:
    return db.scalar(select(Approval).where(Approval.act_id == act_id)) if act_id else None


def of_shop(shop_id: int) -> Select[Approval]:
    return select(Approval).where(Approval.shop_id == shop_id)


def waiting(shop_id: int | None = None) -> Select[Approval]:
    """What nobody has decided yet, nor taken back."""
    query = select(Approval).join(Act, Act.id == Approval.act_id)
    query = query.where(Approval.state == "open", Act.written == "awaiting")
    return query if shop_id is None else query.where(Approval.shop_id == shop_id)


def approve(db: Session, approval: Approval, by_id: int, by: str, answer: str | None) -> bool:
    """Let it go out as a held act whose undo window is over; False when it is decided, taken back or too late."""
    present = now()
    if approval.until <= present or not _decide(db, approval, "approved", by_id=by_id, by=by, answer=answer):
        return False
    if not _moved(db, update(Act), Act.id == approval.act_id, Act.written == "awaiting", written="held", until=present):
        db.rollback()
        return False
    mine = (Work.act_id == approval.act_id, Work.state == "awaiting")
    _moved(db, update(Work), *mine, state="held", due=present)
    works.tell_workers(db)
    return True


def end(db: Session, approval: Approval, ending: Ending, message: str, **by: Any) -> bool:
    """Let nothing go out; False when it is decided, or taken back. `by` says who, and why."""
    return _decide(db, approval, ending, **by) and _withdraw(db, approval, "awaiting", message)


def withdraw_changed(db: Session, approval: Approval, message: str) -> bool:
    """Let nothing go out that was approved, since what it would do is another thing by now."""
    approved = (Approval.id == approval.id, Approval.state == "approved")
    return _moved(db, update(Approval), *approved, state="changed") and _withdraw(db, approval, "held", message)


def expired(db: Session) -> list[Approval]:
    return list(db.scalars(waiting().where(Approval.until <= now()).order_by(Approval.id).limit(100)))


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of what was decided long ago; that it was stays in the trail. True: there may be more."""
    return delete_some(db, Approval, Approval.at < before)


def _decide(db: Session, approval: Approval, state: Ending, **by: Any) -> bool:
    values = {"state": state, "decided": now(), **by}
    return _moved(db, update(Approval), Approval.id == approval.id, Approval.state == "open", **values)


def _withdraw(db: Session, approval: Approval, written: str, message: str) -> bool:
    ended = {"written": "withdrawn", "message": message[:500], "ended": now(), "once": None}
    if not _moved(db, update(Act), Act.id == approval.act_id, Act.written == written, **ended):
        db.rollback()
        return False
    values = {"state": "undone", "wish": "", "until": None, "owner": None, "ended": now()}
    return _moved(db, update(Work), Work.act_id == approval.act_id, **values)


def _moved(db: Session, here: Any, *where: Any, **values: Any) -> bool:
    return cast("CursorResult[Any]", db.execute(here.where(*where).values(**values))).rowcount == 1
