"""Writing a message, looking at what exactly will be sent, and sending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.messages import page
from app.pages.messages.attachments import are_there
from app.pages.messages.drafting import begin, campaign_asked, keep, like_asked, rewrite
from app.pages.messages.forms import FORMS, ReviewForm, TransactForm
from app.pages.messages.kept_files import hold
from app.pages.messages.sending import Look, dispatch, look_at, send_or_404
from app.pages.messages.whose import contradiction
from app.store import campaigns
from app.web.context import desk
from app.web.page import STAFF, needs
from app.web.panels.standing import read_or
from app.web.render import go, render
from app.web.safeguards.brakes import Braked
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.campaigns import Campaign
    from app.store.sends import Send
    from app.web.customers.lookup import Person


@page.route("/new", methods=["GET", "POST"])
@needs(STAFF)
def write() -> ResponseReturnValue:
    """Write a message: of a campaign of the register, of any code, or like an earlier one."""
    like = like_asked()
    campaign = campaign_asked(like)
    kind = _kind_asked(campaign, like)
    if kind not in FORMS:
        return _choose()
    form = FORMS[kind]()
    if request.method == "GET":
        begin(form, campaign, like)
    else:
        is_rewritten = rewrite(form, campaign)
        if not is_rewritten and form.validate_on_submit():
            return go(".review", number=keep(form, campaign, kind).id)
        if isinstance(form, TransactForm):
            form.held.data = hold(form.files.data, form.held.data)
    return render("messages/write.html", form=form, kind=kind, campaign=campaign, like=like)


def _kind_asked(campaign: Campaign | None, like: Send | None) -> str:
    """Say by which call it goes: the newer one may be asked for with any campaign."""
    asked = request.args.get("kind", "")
    if asked == "transact" or (like and like.kind == "transact"):
        return "transact"
    return campaign.kind if campaign else like.kind if like else asked


def _choose() -> ResponseReturnValue:
    with desk().reading() as db:
        register = [campaign for campaign in campaigns.of_shop(db, shop().id) if campaign.active]
    return render("messages/choose.html", register=register, to=request.args.get("to"))


@page.get("/<int:number>/review")
@needs(STAFF)
def review(number: int) -> ResponseReturnValue:
    """Show what exactly will be sent; a message that has left the desk shows what became of it."""
    look = look_at(send_or_404(number))
    if look.send.state != "draft":
        return go(".show", number=number)
    people, failure = read_or(lambda: contradiction(look.send), [])
    return render("messages/review.html", look=look, form=ReviewForm(formdata=None), people=people, failure=failure)


@page.post("/<int:number>/send")
def send(number: int) -> ResponseReturnValue:
    """Send a draft: the first click does, every other one finds what became of it."""
    found = send_or_404(number)
    if found.state != "draft":
        return go(".show", number=number)
    look, form, people = look_at(found), ReviewForm(), contradiction(found)
    if not (form.validate_on_submit() and _may_go(look, form, people)):
        return render("messages/review.html", look=look, form=form, people=people, failure=None)
    try:
        dispatch(look, form.reason.data)
    except Braked as braked:
        form.refuse(braked.message)
        return render("messages/review.html", look=look, form=form, people=people, failure=None)
    return go(".show", number=number)


def _may_go(look: Look, form: ReviewForm, people: list[Person]) -> bool:
    """Check what the review asks for besides the click."""
    if people:
        form.refuse(_("This message leads to different people. Choose one of them; nothing was sent."))
    if not look.texts and look.preview.is_busy:  # what it says would not be kept
        form.refuse(look.preview.wrong)
    if not are_there(look.send):
        form.refuse(_("The files of this message are not kept any more. Change it, and choose them again."))
    if look.gate.is_shut:
        form.refuse(_("This is a live shop, and the recipient is not on the allow-list. Ask a marketer to send it."))
    if look.odd_phone and not form.odd.data:
        form.odd.errors = [
            _("%(number)s is no phone number. Change it, or tick this to send to it.", number=look.odd_phone)
        ]
    if look.same_today and not form.again.data:
        form.again.errors = [_("It went to this recipient today already. Tick this if it should go once more.")]
    if look.gate.wants_typing and not look.gate.is_opened_by(form.confirm.data or ""):
        form.confirm.errors = [_("Type %(expected)s.", expected=look.gate.expected)]
    if look.gate.wants_typing and not form.reason.data:
        form.reason.errors = [_("This is needed.")]
    return not (form.form_errors or form.errors)
