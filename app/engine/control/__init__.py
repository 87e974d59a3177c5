"""The control of the box: faults, a clock, what it received and delivered. Only with DESK46_BOX_CONTROL=true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.engine.answers import Answered
from app.engine.control import faults, foreign_pages, handlers, lists, seeding
from app.engine.http.app import hang_up

if TYPE_CHECKING:
    from flask import Flask

    from app.rees46.operation import Operation

ROOMS = (handlers, lists, seeding)


def open_on(box: Flask) -> None:
    """Let a box be controlled: what it does besides answering the contract is added here and nowhere else."""
    controls: dict[type[Operation[Any]], Answered] = {}
    for room in ROOMS:
        room.init_app(controls)
    for answered in controls.values():
        hang_up(box, answered)
    faults.init_app(box)
    foreign_pages.init_app(box)
