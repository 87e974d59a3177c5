"""The account of one customer: a panel of the profile, and a page with all that came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.loyalty import page, words
from app.pages.loyalty.reading import MOST_PAGES, account, day_of, ends_soon
from app.web.customers.keys import customer_or_404
from app.web.render import render, wants_fragment

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

FEW = 8  # in the panel


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    is_panel = wants_fragment()
    known = account(customer, 1 if is_panel else MOST_PAGES)
    return render(
        "loyalty/of.html",
        customer=customer,
        known=known,
        account=known.reply,
        words=words,
        day_of=day_of,
        ends_soon=ends_soon,
        few=FEW if is_panel else None,
    )


@page.get("/of/<key>/movements")
def movements(key: str) -> ResponseReturnValue:
    """What came and went last, as a part of the page of the customer."""
    customer = customer_or_404(key)
    known = account(customer)
    few = (known.reply.movements or [])[:FEW] if known.reply.movements is not None else None
    shown = known.reply.model_copy(update={"movements": few})
    return render(
        "loyalty/movements.html",
        customer=customer,
        account=shown,
        words=words,
        day_of=day_of,
        ends_soon=ends_soon,
    )
