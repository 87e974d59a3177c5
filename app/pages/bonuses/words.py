"""What the status of a certificate says, and what can be done to it then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.rees46.loyalty_certificates import Activate, Block, Deactivate, Unblock

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_babel.speaklater import LazyString

    from app.rees46.loyalty_certificates import InPool
    from app.rees46.operation import Operation

VERBS: dict[str, Callable[..., Operation[InPool]]] = {
    "activate": Activate,
    "block": Block,
    "unblock": Unblock,
    "deactivate": Deactivate,
}
LABELS = {
    "activate": _l("Activate: it can be spent from now on"),
    "block": _l("Block: it cannot be spent until it is unblocked"),
    "unblock": _l("Unblock: it can be spent again"),
    "deactivate": _l("End: it can never be spent again"),
}
DONE = {
    "activate": _l("Activated: it can be spent from now on."),
    "block": _l("Blocked: it cannot be spent until it is unblocked."),
    "unblock": _l("Unblocked: it can be spent again."),
    "deactivate": _l("Ended: it can never be spent again."),
}
STATUSES = {
    "created": _l("not activated yet"),
    "active": _l("can be spent"),
    "blocked": _l("blocked for now"),
    "deactivated": _l("ended for ever"),
    "expired": _l("past its last day"),
}
MOVES = {
    "created": ("activate", "deactivate"),
    "active": ("block", "deactivate"),
    "blocked": ("unblock", "deactivate"),
    "deactivated": (),
    "expired": (),
}


def status_of(status: str | None) -> LazyString | str:
    """Say a status in words; one that is not known here stands as REES46 says it."""
    return STATUSES.get(status or "", status or "–")


def offered(status: str | None) -> dict[str, LazyString]:
    """Say what a status allows; of one that is not known here, all, since REES46 decides."""
    return {verb: LABELS[verb] for verb in MOVES.get(status or "", tuple(LABELS))}
