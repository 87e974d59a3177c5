"""Plans: the list of them, a new one with the scenarios of its template, cloning, and one as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.liquid import Busy, Unrenderable
from app.pages.tests import page
from app.pages.tests.forms import PlanForm, SignForm
from app.pages.tests.judging import CHECKS
from app.pages.tests.listing import PlanFilters, listing
from app.pages.tests.making import drafts
from app.pages.tests.plans import whole
from app.pages.tests.writing import add_plan, clone_of
from app.store import recipients
from app.store.campaigns import Campaign
from app.store.matrix import MatrixPlan
from app.web.channels import CHANNELS
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.page import STAFF, needs
from app.web.paging_args import whole_number
from app.web.render import go, render
from app.web.shops import shop
from app.web.tables.listing import list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    form = PlanFilters()
    return list_page("tests/index.html", lambda db, at: listing(db, form, at))


@page.route("/new", methods=["GET", "POST"])
@needs(STAFF)
def new() -> ResponseReturnValue:
    """Plan the test of a campaign (`?campaign=5`)."""
    form = PlanForm()
    if request.method == "GET":
        _begin(form)
    elif form.validate_on_submit():
        campaign = load_or_404(Campaign, number=form.campaign.data)
        try:
            made = drafts(campaign) if form.make.data else []
        except Unrenderable as wrong:
            form.campaign.errors = [_("Its copy cannot be filled: %(why)s", why=wrong.message)]
        except Busy:
            form.refuse(_("Too many templates are being filled. Try again in a few seconds."))
        else:
            return go(".show", key=add_plan(form.name.data or "", campaign, form.people(), made).key)
    return render("tests/new.html", form=form)


def _begin(form: PlanForm) -> None:
    """Offer the campaign of the address, and everybody on the allow-list."""
    if number := whole_number(request.args.get("campaign")):
        campaign = load_or_404(Campaign, number=number)
        form.campaign.data, form.name.data = campaign.id, campaign.name
    with desk().reading() as db:
        form.who.data = "\n".join(one.value for one in recipients.of_shop(db, shop().id)[:20])


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    return shown(load_or_404(MatrixPlan, key=key), SignForm(formdata=None))


def shown(plan: MatrixPlan, form: SignForm) -> ResponseReturnValue:
    with desk().reading() as db:
        found = whole(db, plan)
    return render("tests/show.html", it=found, form=form, channel_names=CHANNELS, checks=CHECKS)


@page.post("/<key>/clone")
def clone(key: str) -> ResponseReturnValue:
    copy = clone_of(load_or_404(MatrixPlan, key=key))
    flash(_("This is a copy, with all scenarios and none of the runs."), "success")
    return go(".show", key=copy.key)
