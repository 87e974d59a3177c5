"""Shortening the links of a call in the request log again: living codes are asked for, as on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.links import page
from app.pages.links.drafts import Draft
from app.pages.links.proceed import keep, onward
from app.rees46 import links
from app.web.acts.repeat import Again, repeats

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@repeats(links.Create, by=f"{page.name}.make")
def shorten_again(op: links.Create, again: Again) -> ResponseReturnValue:
    drafts = [
        Draft(row, str(link.url), link.lifetime, link.code, link.domain or "") for row, link in enumerate(op.links, 1)
    ]
    return onward(keep(drafts, again.once))
