"""Putting somebody in or out again, from the request log."""

from __future__ import annotations

from app.pages.segments import page
from app.rees46 import segments
from app.web.acts.repeat import Again, customer_of, repeats
from app.web.rees46 import About, act


@repeats(segments.Add, segments.Remove, by=f"{page.name}.change")
def send_again(op: segments.Add | segments.Remove, again: Again) -> None:
    act(op, About(customer_of(op), reason=again.reason, once=again.once))
