"""A page stands when REES46 does not: what could not be read is left out, and why is said in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.rees46.errors import Rees46Error
from app.web.error_words import in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.web.error_words import Failure

T = TypeVar("T")
S = TypeVar("S")


def read_or(read: Callable[[], T], otherwise: S) -> tuple[T | S, Failure | None]:
    """Read what a page can stand without, and give it with nothing, or something else with the reason in words.

    `supplies, error = read_or(stock.read, [])`; then `render(…, error.status if error else None, error=error)`, and in
    the template `{% if error %}{{ failed({"title": error.happened, "text": error.advice}, request.url) }}{% endif %}`.
    """
    try:
        return read(), None
    except Rees46Error as error:
        return otherwise, in_words(error)
