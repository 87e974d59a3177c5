"""Answering an act of a customer's page: the page shows at once how it stands now, with or without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request

from app.web.render import go, tell, wants_fragment

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer

BACK = {"back": "customer"}  # a field of forms that stand on the page of a customer


def came_from_customer() -> bool:
    """Whether the form that was sent stands on the page of a customer."""
    return request.form.get("back") == BACK["back"]


def changed(customer: KnownCustomer, words: str, tone: str = "success") -> ResponseReturnValue:
    """Say what was done, and let the page read everything anew."""
    if not wants_fragment():
        flash(words, tone)
        return go("customers.show", key=customer.key)
    return tell(words, tone, "customer-changed")
