"""Beginning a run: its messages and cells are written down whole, with the work that sends them, in one transaction."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.pages.tests.running import KIND
from app.store.erasing import ERASED
from app.store.matrix import MatrixCell, MatrixMessage, MatrixRun
from app.store.sends import Send
from app.web.cells.phones import read_phone
from app.web.context import desk
from app.web.customers.lookup import read_profile
from app.web.messaging.gate import gate_of
from app.web.messaging.languages import language_of
from app.web.rees46 import About, new_act
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.batches import queue

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.pages.tests.plans import Whole
    from app.rees46.profile import Profile
    from app.store.matrix import MatrixScenario

Chosen = dict[int, set[str]]  # by scenario, its channels


class NotBegun(Exception):
    """Nothing was sent; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def begin(plan: Whole, chosen: Chosen, again_of: int | None = None) -> MatrixRun:
    """Write a run down and queue it: one act, one undo window. Raise NotBegun when a message may not go."""
    rows = [row for row in plan.scenarios if row.id in chosen]
    if not rows:
        raise NotBegun(_("There is no scenario to run. Nothing was sent."))
    if gone := [row.name for row in rows if row.customer.kind == ERASED]:
        raise NotBegun(_("“%(scenario)s” goes to somebody who was erased. Nothing was sent.", scenario=gone[0]))
    profiles = {row.customer_id: read_profile(row.customer.identity) for row in rows}
    asked = {row.id: _asked(plan, row, profiles[row.customer_id]) for row in rows}
    _pass_the_gate(plan, rows, asked)
    run = MatrixRun(
        shop_id=shop().id,
        plan_id=plan.plan.id,
        person_id=me().id,
        person=me().name,
        digest=plan.digest,
        again_of=again_of,
    )
    with desk().writing() as db:
        db.add(run)
        db.flush()
        for row in rows:
            message = _message(run, row, asked[row.id], profiles[row.customer_id])
            db.add(message)
            db.flush()
            db.add_all(_cell(message, channel, row) for channel in plan.channels if channel in chosen[row.id])
        about = {"plan": plan.plan.name, "run": run.key, "messages": len(rows)}
        queue(db, KIND, run.key, plan.plan.name, len(rows), act=new_act("tests.Run", shop(), About(), about))
    return run


def _asked(plan: Whole, row: MatrixScenario, profile: Profile | None) -> dict[str, Any]:
    """Say what is asked of REES46 for a scenario."""
    variables = deepcopy(row.variables)
    if row.language:
        variables.setdefault("language", row.language)
    customer = row.customer
    if plan.campaign.kind == "multi":
        everywhere = {"send_everywhere": True} if row.way == "all" else {}
        return {"code": plan.campaign.code, customer.kind: customer.value, "variables": variables, **everywhere}
    phone = customer.value if customer.kind == "phone" else read_phone(str(getattr(profile, "phone", "") or ""))
    if not phone:
        raise NotBegun(_("“%(scenario)s” has no phone number to send to. Nothing was sent.", scenario=row.name))
    return {"code": plan.campaign.code, "phone": phone, "variables": variables}


def _pass_the_gate(plan: Whole, rows: Collection[MatrixScenario], asked: dict[int, dict[str, Any]]) -> None:
    """A run never passes the allow-list of a live shop."""
    kind = plan.campaign.kind
    with desk().reading() as db:
        gates = {row.name: gate_of(db, shop(), Send(kind=kind, asked=asked[row.id])) for row in rows}
    shut = "; ".join([name for name, gate in gates.items() if gate.wants_typing][:5])
    if shut:
        words = _(
            "This is a live shop, and these go to nobody on the allow-list: %(names)s. Nothing was sent.", names=shut
        )
        raise NotBegun(words)


def _message(run: MatrixRun, row: MatrixScenario, asked: dict[str, Any], profile: Profile | None) -> MatrixMessage:
    return MatrixMessage(
        shop_id=run.shop_id,
        run_id=run.id,
        scenario_id=row.id,
        name=row.name,
        customer_id=row.customer_id,
        way=row.way,
        language=language_of(profile, asked["variables"]),
        asked=asked,
    )


def _cell(message: MatrixMessage, channel: str, row: MatrixScenario) -> MatrixCell:
    return MatrixCell(
        shop_id=message.shop_id,
        run_id=message.run_id,
        message_id=message.id,
        scenario_id=row.id,
        channel=channel,
        expected=row.expected.get(channel, []),
    )
