"""What REES46 does not offer to a shop: a panel that asked for it is one calm line instead of an error.

Not every shop has every feature, and older installations do not know the newer operations at all.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from app.rees46.errors import NotAllowed, NotFound, Rees46Error
from app.web.menu import current_page
from app.web.rees46 import ask
from app.web.render import render

if TYPE_CHECKING:
    from flask import Flask, Response

    from app.rees46.operation import Operation

R = TypeVar("R")
# A refusal in such words is about the keys of the shop, or about whom it was asked for; the feature is there.
OF_KEYS = re.compile(r"secret|api[ _-]?key|shop[ _]?(id|not found)|token|signature|unauthori[sz]ed", re.IGNORECASE)
OF_SOMEBODY = re.compile(
    r"profile|client|customer|user|member|person|people|identifier|device|e-?mail|phone|code|transaction|order",
    re.IGNORECASE,
)
NO_ROUTE = {
    HTTPStatus.PAYMENT_REQUIRED,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.GONE,
    HTTPStatus.NOT_IMPLEMENTED,
}


class NotOffered(Exception):
    """REES46 does not offer an operation to this shop."""

    def __init__(self, operation: str) -> None:
        super().__init__(operation)
        self.operation = operation


def init_app(app: Flask) -> None:
    """Answer with the line wherever a view asked for what is not offered."""
    app.register_error_handler(NotOffered, _calm_line)


def ask_if_offered(op: Operation[R]) -> R:
    """Ask for something that a shop may not have; what else goes wrong is raised as ever."""
    try:
        return ask(op)
    except Rees46Error as error:
        if is_not_offered(error):
            raise NotOffered(op.name()) from None
        raise


def is_not_offered(error: Rees46Error) -> bool:
    """Tell a feature that the shop has not from a wrong key, and from somebody who is not known."""
    if isinstance(error, NotAllowed):
        return error.status != HTTPStatus.UNAUTHORIZED and not OF_KEYS.search(error.message)
    if isinstance(error, NotFound):
        return not (OF_KEYS.search(error.message) or OF_SOMEBODY.search(error.message))
    return error.status in NO_ROUTE


def _calm_line(not_offered: NotOffered) -> Response:
    return render("errors/not_offered.html", operation=not_offered.operation, of=current_page())
