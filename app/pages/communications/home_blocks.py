"""The inbox on home: what somebody still has to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import lazy_gettext as _l

from app.pages.communications import page
from app.pages.communications.vocabulary import Vocabulary
from app.store import inbox, words
from app.web.page import ADMIN, SUPPORT
from app.web.panels.home_blocks import home_block
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.inbox import Counts, Whose

SHOWN = 8
WHOSE: tuple[Whose, ...] = ("mine", "nobody", "all")


@home_block(
    page,
    _l("Open communications"),
    template="communications/_home.html",
    roles=SUPPORT | ADMIN,
    place=10,
    more=("communications.index", _l("All communications")),
)
def open_communications(db: Session) -> dict[str, Any]:
    counts = inbox.counts(db, shop().id, me().id)
    whose = _whose(counts)
    rows = inbox.waiting(db, shop().id, whose, me().id, SHOWN)
    vocabulary = Vocabulary(words.of_shop(db, shop().id))
    return {"count": counts.all, "counts": counts, "whose": whose, "rows": rows, "words": vocabulary}


def _whose(counts: Counts) -> Whose:
    """Show what was asked for; else one's own, else what is nobody's."""
    wanted = request.args.get("whose")
    fitting = [whose for whose in WHOSE if whose == wanted] or [whose for whose in WHOSE if getattr(counts, whose)]
    return next(iter(fitting), "all")
