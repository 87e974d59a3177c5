"""Messages of calls in the request log: they become drafts, which are looked at and pass the gate like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.messages import page
from app.pages.messages.attachments import OPERATIONS, put_aside
from app.pages.messages.drafting import keep_asked
from app.rees46 import messages
from app.store import campaigns
from app.web.acts.repeat import Again, repeats
from app.web.context import desk
from app.web.render import go
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@repeats(messages.Sms, messages.Multi, messages.Transact, by=f"{page.name}.send")
def write_again(op: messages.Sms | messages.Multi | messages.Transact, _again: Again) -> ResponseReturnValue:
    kind = next(kind for kind, operation in OPERATIONS.items() if isinstance(op, operation))
    asked = put_aside(op.params())
    with desk().reading() as db:
        campaign = campaigns.for_message(db, shop().id, kind, op.code)
    return go("messages.review", number=keep_asked(asked, campaign, kind).id)
