"""Handing out or uploading codes of a call in the request log again: by the ledger, as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.promo_codes import page
from app.pages.promo_codes.forms import Wish
from app.pages.promo_codes.hand_out import ask_for_code
from app.pages.promo_codes.inspection import inspect
from app.pages.promo_codes.views.uploads import keep, new_batch
from app.rees46 import promo_codes
from app.web.acts.repeat import Again, customer_of, repeats
from app.web.render import go

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@repeats(promo_codes.Fetch, by=f"{page.name}.hand_out")
def hand_out_again(op: promo_codes.Fetch, again: Again) -> None:
    reason = again.reason or _("Sent again from the request log")
    ask_for_code(Wish(op, "", customer_of(op), reason, again.once))


@repeats(promo_codes.Upload, by=f"{page.name}.send")
def upload_again(op: promo_codes.Upload, _again: Again) -> ResponseReturnValue:
    codes = inspect(list(enumerate(op.codes, 1)))
    return go("promo_codes.batch", key=keep(new_batch(codes, "pasted", list_id=op.id)).key)
