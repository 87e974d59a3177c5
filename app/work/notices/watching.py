"""Looking for what people want to be told. Each thing has a key, so that it is told once, whoever looks how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from app.store import approvals, daily, promo_stock, shops, works
from app.store.acts import Act
from app.store.base import now
from app.store.notices import Kind, Notice, tell
from app.store.people import Person
from app.store.promo_stock import PromoStock
from app.store.reply_differences import ReplyDifference
from app.store.workers import Heartbeat
from app.store.works import Work
from app.web.context import desk
from app.work.approving import may_decide
from app.work.daily.shops import today

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.shops import Shop

LATELY = timedelta(days=1)  # what is older was told, or happened before anybody could be told
LONG = timedelta(minutes=1)  # a job that took less was watched by whoever began it
UNKNOWN_FOR = timedelta(minutes=15)
SILENT_FOR = timedelta(minutes=2)
USUAL_DAYS = 14
FEW = 10  # complaints a day that are never more than usual
MORE = 3  # times as many as on a usual day


@dataclass(frozen=True)
class Seen:
    """Something that happened; `person_id` alone is told, where it is one person's."""

    key: str
    kind: Kind
    facts: dict[str, Any] = field(default_factory=dict)
    person_id: int | None = None
    people: Callable[[Person], bool] | None = None  # whom it concerns, where that is not everybody


def watch() -> None:
    """Look at every shop, and write down what is to be told."""
    with desk().writing() as db:
        chosen = _chosen(db)
        for shop in shops.in_use(db):
            for seen in (
                *_jobs(db, shop),
                *_low_lists(db, shop),
                *_complaints(db, shop),
                *_acts(db, shop),
                *_asked(db, shop),
            ):
                _tell(db, seen, shop, chosen)
            for seen in _differences(db, shop):
                _tell(db, seen, shop, chosen)


def watch_workers() -> bool:
    """Look whether no worker has said anything for a while. A web process looks, since a silent worker cannot."""
    with desk().reading() as db:
        last = db.scalar(select(Heartbeat.seen).order_by(Heartbeat.seen.desc()).limit(1))
    if last is None or last > now() - SILENT_FOR:
        return False
    with desk().writing() as db:
        chosen, seen = _chosen(db), Seen(f"silent:{last.isoformat()}", Kind.SILENT_WORKER)
        told = [_tell(db, seen, None, chosen)]
        told += [_tell(db, _in_shop(seen, shop), shop, {}) for shop in shops.in_use(db) if shop.chat_url]
    return any(told)


def _chosen(db: Session) -> dict[Person, set[str]]:
    return {person: set(person.notices) for person in db.scalars(select(Person).where(Person.active))}


def _tell(db: Session, seen: Seen, shop: Shop | None, chosen: dict[Person, set[str]]) -> bool:
    people = [
        person.id
        for person, kinds in chosen.items()
        if seen.kind in kinds
        and seen.person_id in {None, person.id}
        and (shop is None or person.role_in(shop.id) is not None)
        and (seen.people is None or seen.people(person))
    ]
    notice = Notice(key=seen.key, shop_id=shop.id if shop else None, kind=seen.kind, facts=seen.facts)
    is_for_all = seen.person_id is None or seen.facts.get("state") == "stopped"
    return tell(db, notice, people, in_chat=bool(shop and shop.chat_url and is_for_all))


def _in_shop(seen: Seen, shop: Shop) -> Seen:
    return Seen(f"{seen.key}:{shop.id}", seen.kind)


def _jobs(db: Session, shop: Shop) -> Iterator[Seen]:
    """Jobs that stopped, or ended after so long that nobody waited for them."""
    ended = works.of_shop(shop.id, states=("done", "stopped")).where(Work.ended > now() - LATELY)
    for work in db.scalars(ended):
        if work.state == "stopped" or (work.ended and work.ended - work.at > LONG):
            facts = {"job": work.key, "kind": work.kind, "state": work.state, "done": work.done, "total": work.total}
            yield Seen(f"job:{work.key}:{work.state}:{work.fence}", Kind.JOB, facts, work.person_id)


def _low_lists(db: Session, shop: Shop) -> Iterator[Seen]:
    """Promo lists that have fewer codes today than they should, and had enough when they were looked at before."""
    levels = promo_stock.levels(db, shop.id)
    rows = select(PromoStock).where(PromoStock.shop_id == shop.id, PromoStock.day >= today() - timedelta(days=28))
    by_list: dict[str, list[PromoStock]] = {}
    for row in db.scalars(rows.order_by(PromoStock.day)):
        by_list.setdefault(row.list_id, []).append(row)
    for list_id, days in by_list.items():
        level, last = levels.get(list_id, promo_stock.WARN_BELOW), days[-1]
        had_enough = len(days) == 1 or days[-2].available >= level
        if last.day == today() and last.available < level and had_enough:
            facts = {"list": list_id, "left": last.available, "level": level, "days": last.days_left}
            yield Seen(f"low:{shop.id}:{list_id[:100]}:{last.day}", Kind.LOW_LIST, facts)


def _complaints(db: Session, shop: Shop) -> Iterator[Seen]:
    figures = daily.figures(db, shop.id, daily.CHANGES, today() - timedelta(days=USUAL_DAYS))
    counts = {day: _complained(of_day) for day, of_day in figures.items()}
    present = counts.pop(today(), 0)
    read = len(daily.readings(db, shop.id, daily.CHANGES, today() - timedelta(days=USUAL_DAYS))) - 1
    usual = sum(counts.values()) / read if read > 0 else 0
    if present > max(FEW, MORE * usual):
        facts = {"number": present, "usual": round(usual, 1)}
        yield Seen(f"complaints:{shop.id}:{today()}", Kind.COMPLAINTS, facts)


def _complained(figures: dict[str, int]) -> int:
    return sum(number for name, number in figures.items() if name.partition(":")[0] == "complained")


def _acts(db: Session, shop: Shop) -> Iterator[Seen]:
    """Acts of which nobody has known for a while what became of them."""
    long_ago = now() - UNKNOWN_FOR
    is_unknown = or_(
        and_(Act.written == "unknown", Act.ended < long_ago), and_(Act.written == "trying", Act.until < long_ago)
    )
    query = select(Act.id, Act.what).where(Act.shop_id == shop.id, Act.at > now() - LATELY, is_unknown)
    for number, what in db.execute(query):
        yield Seen(f"act:{number}", Kind.UNKNOWN_ACT, {"act": number, "what": what})


def _asked(db: Session, shop: Shop) -> Iterator[Seen]:
    """What waits for a second person: told to those who may approve it."""
    for approval in db.scalars(approvals.waiting(shop.id)):
        facts = {"approval": approval.key, "rule": approval.rule, "person": approval.person}
        yield Seen(f"approval:{approval.key}", Kind.APPROVAL, facts, people=partial(may_decide, approval))


def _differences(db: Session, shop: Shop) -> Iterator[Seen]:
    """Operations whose replies differ from the contract in a way that was not met before."""
    query = select(ReplyDifference.operation).where(
        ReplyDifference.shop_id == shop.id, ReplyDifference.first_seen > now() - LATELY
    )
    for operation in db.scalars(query.distinct()):
        yield Seen(f"api:{shop.id}:{operation}:{today()}", Kind.DIFFERENT_API, {"operation": operation})
