"""Communications that stand in the request log: they are logged and edited on their own page, which keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.communications import page
from app.rees46 import communications
from app.web.acts.repeat import Again, customer_of, lead, repeats

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@repeats(communications.Save, communications.Edit, by=f"{page.name}.add")
def log_again(op: communications.Save | communications.Edit, _again: Again) -> ResponseReturnValue:
    return lead("communications.of", "communications.index", customer_of(op))
