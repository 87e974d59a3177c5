"""The register of campaigns: their codes, what they want to be told, and a copy of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.liquid import Busy, Unrenderable
from app.pages.messages import page
from app.pages.messages.columns import campaign_columns
from app.pages.messages.copies import CampaignForm, CopyForm, MultiCampaignForm, SmsCampaignForm
from app.pages.messages.history_forms import CampaignFilters, PreviewForm
from app.pages.messages.previewing import NoWay, draft_as, kinds_of
from app.store import campaigns as store
from app.store.campaigns import HTML, Campaign
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.messaging.languages import CODES
from app.web.messaging.preview import Preview, preview
from app.web.page import STAFF, needs
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.access import may
from app.web.tables.listing import Listing, list_page
from app.web.tables.numbered import numbered

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

FORMS: dict[str, type[CampaignForm]] = {"sms": SmsCampaignForm, "multi": MultiCampaignForm}


@page.get("/campaigns")
def campaigns() -> ResponseReturnValue:
    form = CampaignFilters()
    return list_page("messages/campaigns.html", lambda db, _at: _listing(db, form))


def _listing(db: Session, form: CampaignFilters) -> Listing[Campaign]:
    part = numbered([one for one in store.of_shop(db, shop().id) if form.fits(one)])
    file = "campaigns" if may("messages.add_campaign") else ""
    return Listing(_("Campaigns of the register"), campaign_columns(), part.slice, form, file=file, numbered=part)


@page.route("/campaigns/new", methods=["GET", "POST"])
@needs(STAFF)
def add_campaign() -> ResponseReturnValue:
    asked = "multi" if request.args.get("kind") == "transact" else request.args.get("kind", "sms")
    kind = asked if asked in FORMS else "sms"
    form = FORMS[kind]()
    if form.validate_on_submit() and (tried := sound(form)):
        campaign = Campaign(shop_id=shop().id, kind=kind)
        if _kept(campaign, form, tried, "messages.AddCampaign"):
            flash(_("Campaign %(name)s is in the register.", name=campaign.name), "success")
            return go(".campaign", number=campaign.id)
    elif request.method == "GET" and (code := request.args.get("code")):
        form.code.data = code[:255]
    return render("messages/campaign.html", form=form, kind=kind, campaign=None, preview_form=None)


@page.route("/campaigns/<int:number>", methods=["GET", "POST"])
def campaign(number: int) -> ResponseReturnValue:
    found = _campaign_or_404(number)
    form = FORMS[found.kind](data=_said(found))
    if form.validate_on_submit() and (tried := sound(form)) and _kept(found, form, tried, "messages.EditCampaign"):
        flash(_("Campaign %(name)s is saved.", name=found.name), "success")
        return go(".campaign", number=number)
    return _shown(found, form, PreviewForm(formdata=None, prefix="as-"))


@page.post("/campaigns/<int:number>/preview")
def preview_as(number: int) -> ResponseReturnValue:
    """Fill the campaign as it would go to somebody, and lead to the review of that draft; nothing is sent."""
    found, form = _campaign_or_404(number), PreviewForm(prefix="as-")
    language = request.args.get("language", "")
    if form.validate_on_submit():
        try:
            draft = draft_as(found, form.who.data or "", form.names.data or "", language if language in CODES else "")
            return go(".review", number=draft.id)
        except NoWay as why:
            form.who.errors = [why.words]
        except Unrenderable as wrong:
            form.refuse(wrong.message)
        except Busy:
            form.refuse(_("Too many templates are being filled. Try again in a few seconds."))
    return _shown(found, FORMS[found.kind](formdata=None, data=_said(found)), form)


def _shown(found: Campaign, form: CampaignForm, preview_form: PreviewForm) -> ResponseReturnValue:
    return render("messages/campaign.html", form=form, kind=found.kind, campaign=found, preview_form=preview_form)


def _campaign_or_404(number: int) -> Campaign:
    return load_or_404(Campaign, number=number)


def _said(campaign: Campaign) -> dict[str, object]:
    plain = {name: getattr(campaign, name) for name in ("code", "name", "note", "active", "language")}
    kinds = campaign.kinds or {}
    lines = (f"{path}: {kinds[path]}" if path in kinds else path for path in campaign.variables)
    return plain | {"variables": "\n".join(lines)} | campaign.templates


def sound(form: CopyForm) -> Preview | None:
    """Try the copy; one that could never be filled is refused: REES46 could not either."""
    tried = preview(form.copies(), {}, HTML)
    if tried.wrong and tried.part in form:
        where = _("Line %(line)s: ", line=tried.line) if tried.line else ""
        form[tried.part].errors = [f"{where}{tried.wrong}"]
    elif tried.wrong:
        form.refuse(tried.wrong)
    return None if tried.wrong else tried


def _kept(campaign: Campaign, form: CampaignForm, tried: Preview, what: str) -> bool:
    """Save the campaign with its copy and the variables that both name, unless its code is taken."""
    with desk().reading() as db:
        same = store.by_code(db, campaign.shop_id, campaign.kind, form.code.data)
    if same and same.id != campaign.id:
        form.code.errors = [_("The register has this code already, as %(name)s.", name=same.name)]
        return False
    before = _said(campaign) if campaign.id else None
    copies = form.copies()
    campaign.code, campaign.name, campaign.note = form.code.data, form.name.data or "", form.note.data or ""
    campaign.active, campaign.templates, campaign.language = form.active.data, copies, form.language.data or ""
    declared = form.declared()
    campaign.variables = list(dict.fromkeys([*declared, *tried.asked]))
    campaign.kinds = kinds_of(copies) | {path: kind for path, kind in declared.items() if kind}
    with noted(what, About(before=before, after=_said(campaign))), desk().writing() as db:
        db.add(campaign)
    return True
