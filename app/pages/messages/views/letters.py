"""The one route that answers with an e-mail as it is, for a frame in which it may do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request

from app.pages.messages import page
from app.pages.messages.sending import look_at
from app.store.campaigns import OF_CHANNEL
from app.store.matrix import MatrixCell
from app.store.sends import Send
from app.web.loaders import load_or_404
from app.web.messaging.letters import framed

if TYPE_CHECKING:
    from flask import Response

HTML = next(ours for ours, theirs in OF_CHANNEL["email"].items() if theirs == "html")


@page.get("/letter")
def letter() -> Response:
    """Give the e-mail of a message (`?send=17`) or what a cell of the test matrix got (`?cell=5`)."""
    if cell := request.args.get("cell"):
        html = (load_or_404(MatrixCell, number=cell).delivered or {}).get("html")
    else:
        html = look_at(load_or_404(Send, number=request.args.get("send"))).texts.get(HTML)
    return framed(html) if html else abort(404)
