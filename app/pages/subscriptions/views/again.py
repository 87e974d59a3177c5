"""Subscriptions that stand in the request log: whoever said no is asked about on the page before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.subscriptions import page
from app.rees46 import subscriptions
from app.web.acts.repeat import Again, customer_of, lead, repeats

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@repeats(subscriptions.Manage, by=f"{page.name}.change")
def change_again(op: subscriptions.Manage, _again: Again) -> ResponseReturnValue:
    return lead("subscriptions.edit", "subscriptions.index", customer_of(op))


@repeats(subscriptions.Callback, by=f"{page.name}.tell")
def tell_again(op: subscriptions.Callback, _again: Again) -> ResponseReturnValue:
    return lead("subscriptions.callback", "subscriptions.report", customer_of(op))
