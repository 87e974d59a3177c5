"""Single acts that cannot be reversed: each waits in its undo window, and is one piece of work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import flash

from app.rees46.errors import Rees46Error
from app.store import acts, outbox
from app.store.acts import Act
from app.store.works import Work
from app.web.calls.pacing import Paced
from app.web.context import desk, settings
from app.web.rees46 import About, act, new_act
from app.web.safeguards.brakes import Braked, stop_if_braked
from app.web.safeguards.budgets import charge
from app.web.safeguards.second_person import wait_or_pass
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.kinds import KINDS, Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rees46.operation import Operation


def hold_act(kind: str, subject: str, op: Operation[Any], about: About, seconds: int) -> Work:
    """Write an act down that goes out when its undo window is over; `about.begun` runs in the same transaction."""
    stop_if_braked(shop(), op)
    row = new_act(op.name(), shop(), about, about.asked or op.params())
    wait_or_pass(row, shop(), op.params(), about.begun)
    work = Work(shop_id=shop().id, person_id=me().id, person=me().name, kind=kind, subject=subject, total=1)
    with desk().writing() as db:
        outbox.put(db, work, row, seconds, lease=timedelta(seconds=2 * settings().time_limit))
        charge(db, row)
        if about.begun:
            about.begun(db, row)
    return work


def say_held(work: Work, seconds: int) -> None:
    """Show on the next page that it goes out in a while, with the button that takes it back."""
    flash({"work": work.key, "label": str(KINDS[work.kind].label), "seconds": seconds}, "held")  # type: ignore[arg-type]  # base.html knows it


def let_out(work: Work, send: Callable[[Act], object]) -> Progress:
    """Do the one part of such work: send the act if it still waits. What became of it stands at the act."""
    with desk().reading() as db:
        row = db.get_one(Act, work.act_id)
    if row.written == "held":
        try:
            send(row)
        except (Braked, Paced):
            raise
        except (Rees46Error, acts.NotHeld):
            pass
    elif row.written == "trying":  # whoever began the call was cut off: the end of the work says nothing of it
        with desk().writing() as db:
            acts.end(db, row.id, "unknown")
    return Progress(1, 1, is_over=True)


def sent_as_asked(kind: type[Operation[Any]]) -> Callable[[Work], Progress]:
    """Give the part of a kind whose act holds all that is sent."""

    def part(work: Work) -> Progress:
        return let_out(work, lambda row: act(kind.from_form(row.asked), About(held=row.id)))

    return part
