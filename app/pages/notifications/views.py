"""The messages that a customer got: a panel of the profile, a page of all of them, and one with what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort

from app.pages.notifications import page, words
from app.pages.notifications.forms import CountFilters
from app.pages.notifications.reading import MOST_PAGES, channels, counted_since, find, inbox, moment_of, sent_at
from app.rees46.notifications import OfMessage
from app.web.customers.keys import customer_or_404
from app.web.panels.offered import ask_if_offered
from app.web.panels.standing import read_or
from app.web.render import render, wants_fragment

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

FEW = 12  # in the panel


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    found = inbox(customer, 1 if wants_fragment() else MOST_PAGES)
    form = CountFilters()
    begin = form.begin()
    counts, untold = ([], None) if wants_fragment() else read_or(lambda: counted_since(customer, begin), [])
    return render(
        "notifications/of.html",
        customer=customer,
        found=found,
        form=form,
        counts=counts,
        untold=untold,
        begin=begin,
        words=words,
        sent_at=sent_at,
        asked=[words.channel_of(name).text for name in channels()],
        few=FEW if wants_fragment() else None,
    )


@page.get("/of/<key>/<path:code>")
def show(key: str, code: str) -> ResponseReturnValue:
    """Show one message and what happened to it, when."""
    customer = customer_or_404(key)
    found = find(customer, code)
    if not found.reply.messages:
        abort(404)
    first = found.reply.messages[0]
    events, error = read_or(lambda: ask_if_offered(OfMessage.from_form({"code": code, "type": first.type})), [])
    return render(
        "notifications/show.html",
        customer=customer,
        found=found,
        events=events,
        error=error,
        words=words,
        sent_at=sent_at,
        moment_of=moment_of,
    )
