"""Keeping cases, each once, with a line in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash
from flask_babel import gettext as _

from app.store import benches
from app.store.benches import MOST_CASES, BenchCase
from app.web.context import desk
from app.web.rees46 import About, noted
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def keep(bench: str, wishes: Sequence[tuple[dict[str, Any], int | None]], expected: dict[str, Any]) -> int | None:
    """Keep cases, each by what is asked and as which persona, that are not there yet.

    Says how many those are, None where there is no room for them.
    """
    wanted = [
        BenchCase(
            shop_id=shop().id,
            bench=bench,
            title=str(asked.get("words") or asked.get("code"))[:255],
            asked=asked,
            expected=expected,
            persona_id=persona,
            person=me().name,
        )
        for asked, persona in wishes
    ]
    with desk().reading() as db:
        there = len(benches.cases(db, shop().id, bench))
        fresh = [case for case in wanted if benches.same_case(db, case) is None]
    if not fresh or there + len(fresh) > MOST_CASES:
        return None if fresh else 0

    def add(db: Session, _act: object) -> None:
        db.add_all(fresh)

    with noted(
        "benches.KeepCase", About(after={"asked": [case.asked for case in fresh], "expected": expected}, begun=add)
    ):
        return len(fresh)


def tell_kept(kept: int | None, success: str) -> None:
    """Say what became of keeping."""
    if kept is None:
        flash(_("There are too many already. Drop some first."), "danger")
    elif kept:
        flash(success, "success")
    else:
        flash(_("It was kept before."), "info")
