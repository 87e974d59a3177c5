"""The bench: a pasted template filled, with what is missing and what it costs as an SMS. Nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from app.pages.messages import page
from app.pages.messages.copies import BenchForm
from app.pages.messages.previewing import longest_of, put_names
from app.store.campaigns import Campaign
from app.web.loaders import load_or_404
from app.web.messaging.preview import Preview, preview
from app.web.messaging.sms import count
from app.web.messaging.variables import Unusable, from_json, to_json
from app.web.page import STAFF, needs
from app.web.paging_args import whole_number
from app.web.render import render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.route("/bench", methods=["GET", "POST"])
@needs(STAFF)
def bench() -> ResponseReturnValue:
    form = BenchForm()
    if request.method == "GET":
        _begin(form)
    tried = _tried(form) if form.validate_on_submit() else None
    text = tried.texts.get("text") if tried else None
    sms = None if text is None else count(text)
    return render("messages/bench.html", form=form, tried=tried, sms=sms)


def _begin(form: BenchForm) -> None:
    """Start from a part of a campaign's saved copy: `?campaign=5&part=sms`."""
    if number := whole_number(request.args.get("campaign")):
        campaign = load_or_404(Campaign, number=number)
        form.template.data = campaign.templates.get(request.args.get("part", "sms"), "")
        form.variables.data = to_json(dict.fromkeys(campaign.variables, ""))


def _tried(form: BenchForm) -> Preview | None:
    try:
        variables = from_json(form.variables.data or "")
    except Unusable as wrong:
        form.variables.errors = [wrong.words]
        return None
    source = {"text": form.template.data or ""}
    tried, longest = preview(source, variables), longest_of(form.names.data or "")
    if not longest or tried.wrong:
        return tried
    put_names(variables, tried.asked, longest)
    return preview(source, variables)
