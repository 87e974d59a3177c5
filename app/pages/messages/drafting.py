"""A message on its way from an empty form to a draft: what it begins with, the small helps, and keeping it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _

from app.pages.messages.attachments import are_there, put_aside
from app.pages.messages.forms import MessageForm, MultiForm, TransactForm
from app.pages.messages.kept_files import sealed, without
from app.pages.messages.whose import recipient_of
from app.rees46.errors import Rees46Error
from app.store import campaigns, sends
from app.store.campaigns import Campaign
from app.store.customers import KnownCustomer
from app.store.sends import Send
from app.web.context import desk
from app.web.customers.keys import KINDS, customer_or_404, name_of, normal
from app.web.customers.lookup import look_up, read_profile
from app.web.error_words import in_words
from app.web.loaders import load, load_or_404
from app.web.messaging.filling import filled
from app.web.messaging.preview import fill_copies
from app.web.messaging.samples import put, sample
from app.web.messaging.variables import Unusable, lacking
from app.web.paging_args import whole_number
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rees46.crm import Found
    from app.rees46.profile import Profile
    from app.web.customers.lookup import Lookup


def like_asked() -> Send | None:
    """The message that this one starts from: `?again=17`."""
    number = whole_number(request.args.get("again"))
    if number is None:
        return None
    return load_or_404(Send, number=number)


def campaign_asked(like: Send | None) -> Campaign | None:
    """The campaign of the register: `?campaign=5`, or that of the message this one starts from."""
    number = whole_number(request.args.get("campaign"))
    if number is not None:
        return load_or_404(Campaign, number=number)
    with desk().reading() as db:
        return campaigns.for_message(db, shop().id, like.kind, like.campaign) if like else None


def begin(form: MessageForm, campaign: Campaign | None, like: Send | None) -> None:
    """Fill an empty form with what is known already."""
    if like:
        copies = {name: ", ".join(like.asked.get(name) or []) for name in ("cc", "bcc")}
        files = like.asked.get("files") if are_there(like) else None
        form.process(data={**like.asked, **copies, "files": None, "held": sealed(files or []), "mode": "rows"})
    if campaign:
        form.code.data = campaign.code
    if campaign:
        form.write(like.variables if like else {}, campaign.variables, campaign.kinds)
    else:
        form.write(like.variables if like else {})
    if key := request.args.get("to"):
        _begin_for(form, customer_or_404(key))


def _begin_for(form: MessageForm, customer: KnownCustomer) -> None:
    """Address the message to a customer, and fill it from their profile."""
    form.customer.data = customer.key
    try:
        profile = read_profile(customer.identity)
    except Rees46Error as error:
        flash(_("The profile could not be read: %(why)s", why=in_words(error)["happened"]), "warning")
        profile = None
    kind, value = customer.kind, customer.value
    if kind not in form or (kind != "phone" and not isinstance(form, MultiForm)):
        kind, value = "phone", normal("phone", profile.phone) if profile and profile.phone else ""
    form[kind].data = value
    if profile:
        _fill_from(form, profile)


def rewrite(form: MessageForm, campaign: Campaign | None) -> bool:
    """Do what a small button of the form says; nothing is kept or sent by it."""
    wish = request.form.get("do", "")
    if wish not in REWRITES:
        return False
    try:
        REWRITES[wish](form, campaign.variables if campaign else [])
    except Unusable as wrong:
        blamed = form.json if form.by_json else form.rows
        blamed.errors = [*blamed.errors, wrong.words]
    return True


def _more(form: MessageForm, _names: list[str]) -> None:
    form.show(form.pairs(), 5)


def _as_json(form: MessageForm, _names: list[str]) -> None:
    variables = form.variables()
    form.mode.data = "json"
    form.write(variables)


def _as_rows(form: MessageForm, names: list[str]) -> None:
    variables = form.variables()
    form.mode.data = "rows"
    form.write(variables, names)
    if form.by_json:
        raise Unusable(_("Rows cannot hold all of these variables. They stay JSON."))


def _fill(form: MessageForm, _names: list[str]) -> None:
    """Fill from the profile that was named, or from the recipient's own."""
    typed = form.persona.data or next((form[kind].data for kind in KINDS if kind in form and form[kind].data), "")
    try:
        found = look_up(typed)
    except Rees46Error as error:
        form.persona.errors = [in_words(error)["happened"]]
        return
    if found.person is None:
        form.persona.errors = [_why_nobody(found, typed)]
        return
    form.customer.data = found.person.customer.key
    _fill_from(form, found.person.profile)


def _why_nobody(found: Lookup, typed: str) -> str:
    if found.people:
        return _(
            "This leads to two people: %(names)s.", names=", ".join(person.customer.name for person in found.people)
        )
    return _("REES46 knows no such customer.") if typed else _("Say whose profile.")


def _fill_from(form: MessageForm, profile: Profile | Found) -> None:
    """Take from a profile what the variables ask for, and say what it had."""
    names = list(form.variables()) if form.by_json else [name for name, _value, _kind in form.pairs() if name]
    found = filled(names, profile)
    form.write(merged(form.variables(), found), names)
    whose = name_of(profile) or _("a customer without a name")
    form.told = (
        _("From the profile of %(whose)s: %(names)s.", whose=whose, names=", ".join(found))
        if found
        else _("The profile of %(whose)s has none of these variables.", whose=whose)
    )


def merged(variables: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Put values to their paths, over what stands there."""
    for path, value in values.items():
        place: object = variables
        *steps, last = path.split(".")
        for step in steps:
            place = place.setdefault(step, {}) if isinstance(place, dict) else None
        if isinstance(place, dict):
            place[last] = value
    return variables


def _samples(form: MessageForm, names: list[str]) -> None:
    """Give a sample to each variable that has no value yet; a code among them is none of a list."""
    variables = form.variables()
    for path in [*names, *(name for name, value, _kind in form.pairs() if name and not value)]:
        if lacking([path], variables):
            put(variables, path, sample(path, [], ""))
    form.write(variables, names)


def _drop(form: MessageForm, _names: list[str]) -> None:
    """Leave out of the files those that were ticked."""
    if isinstance(form, TransactForm):
        form.held.data = without(form.held.data, request.form.getlist("drop"))


REWRITES = {"more": _more, "json": _as_json, "rows": _as_rows, "fill": _fill, "samples": _samples, "drop": _drop}


def keep(form: MessageForm, campaign: Campaign | None, kind: str) -> Send:
    """Keep the message as a draft that can be looked at and sent."""
    return keep_asked(put_aside(form.operation.params()), campaign, kind, form.customer.data or "")


def keep_asked(asked: dict[str, Any], campaign: Campaign | None, kind: str, filled_from: str = "") -> Send:
    """Keep what is to be asked of REES46 as a draft; `filled_from` is the key of the profile it was filled from."""
    persona = load(KnownCustomer, key=filled_from)
    recipient, language = recipient_of(asked)
    texts = fill_copies(campaign, asked.get("variables") or {}, language).texts
    with desk().writing() as db:
        return sends.draft(
            db,
            Send(
                shop_id=shop().id,
                person_id=me().id,
                person=me().name,
                kind=kind,
                campaign=asked["code"],
                campaign_name=campaign.name if campaign else "",
                asked=asked,
                language=language,
                texts=texts,
                recipient_id=recipient.id,
                customer_id=persona.id if persona else None,
            ),
        )
