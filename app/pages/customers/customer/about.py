"""What the profile says: who it is, what is known of them, and what about their identifiers needs somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.customers import page
from app.pages.customers.forced import EMAIL, OWN_ID, PHONE
from app.pages.customers.words import birthday, years
from app.store import customers
from app.web.customer_page.contributions import Act, Attention, Contribution, Side
from app.web.customer_page.sources import contributes
from app.web.customers.keys import identity_of, normal
from app.web.masking import contacts_are_masked, is_shown_whole
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.profile import Profile
    from app.web.customer_page.opening import Opening

Facts = list[tuple[str, str]]


@contributes(page, title=_l("Profile"))
def about(who: Opening, db: Session) -> Contribution:
    """Tell attributes, tags and properties, of which only those that are filled are shown."""
    profile = who.profile
    told = Contribution(acts=_acts(who, profile))
    if profile is None:
        return told
    told.attention = [*_conflict(who, profile), *_merged(who, db)]
    known = {"facts": facts_of(profile), "untold": untold_of(profile)}
    many = str(len(profile.custom_properties)) if profile.custom_properties else ""
    told.sides = [
        Side("about", _("About"), "customers/_about.html", known, place=60),
        Side("properties", _("Properties"), "customers/_properties.html", {"profile": profile}, many, place=70),
        Side("waiting", _("Waiting for, cart"), "customers/_waiting.html", {}, place=50),
    ]
    return told


def facts_of(profile: Profile) -> Facts:
    """List what is known, leaving out what is not."""
    genders = {"m": _("male"), "f": _("female")}
    bought = {True: _("yes"), False: _("no"), None: ""}
    age = _("%(age)s years", age=profile.age) if profile.age is not None else years(profile.birthday)
    found = [
        (_("Birthday"), birthday(profile.birthday) if profile.birthday else ""),
        (_("Gender"), genders.get(profile.gender or "", profile.gender)),
        (_("Age"), age),
        (_("Location"), profile.location),
        (_("Has bought"), bought.get(profile.bought_something)),
        (_("Facebook ID"), profile.fb_id),
        (_("VK ID"), profile.vk_id),
        (_("Telegram ID"), profile.telegram_id),
    ]
    return [(name, value) for name, value in found if value]


def untold_of(profile: Profile) -> list[str]:
    """Name what REES46 left out, which does not mean that there is none."""
    names = {"gender": _("gender"), "birthday": _("birthday"), "location": _("location")}
    return [name for field, name in names.items() if not profile.tells(field)]


def _acts(who: Opening, profile: Profile | None) -> list[Act]:
    key, acts = who.customer.key, []
    if contacts_are_masked() and not is_shown_whole(key):
        acts.append(Act(_("Show contacts"), url_for("customers.reveal", key=key), icon="eye", place=30))
    if may("customers.edit"):
        acts.append(Act(_("Edit"), url_for("customers.edit", key=key), icon="pencil", key="e", place=10))
    acts += _forced(who, profile) if profile else []
    if may("customers.erase"):
        acts.append(Act(_("Erase"), url_for("customers.erase", key=key), icon="user-x", place=95))
    return acts


def _forced(who: Opening, profile: Profile) -> list[Act]:
    """Offer to replace what is there; whether there is an own ID REES46 does not say."""
    found = [one for one in (EMAIL, PHONE, OWN_ID) if one is OWN_ID or one.of(profile, who.customer)]
    return [
        Act(str(one.title), url_for(one.endpoint, key=who.customer.key), icon=one.icon, place=20 + place)
        for place, one in enumerate(found)
        if may(one.endpoint)
    ]


def _conflict(who: Opening, profile: Profile) -> list[Attention]:
    """Point out that REES46 answers with somebody who does not have what they were looked up by."""
    kind, value = who.customer.kind, who.customer.value
    contacts = {
        "email": [profile.email, *profile.additional_emails],
        "phone": [profile.phone, *profile.additional_phones],
        "loyalty_id": [profile.loyalty_id, *profile.additional_loyalty_ids],
    }.get(kind)
    told = [normal(kind, contact) for contact in contacts or () if contact]
    if not told or normal(kind, value) in told:
        return []
    words = _(
        "looked up by %(asked)s, REES46 answers with somebody who has %(told)s.",
        asked=identity_of(who.customer),
        told=", ".join(told),
    )
    return [Attention(icon="triangle-alert", head=_("Two people in one:"), text=words)]


def _merged(who: Opening, db: Session) -> list[Attention]:
    """Say that the desk knew them as two; what was done for either stands here."""
    others = customers.by_ids(db, set(who.aliases) - {who.customer.id})
    done = {act.customer_id for act in who.acts}
    names = [identity_of(other) for other in others.values() if other.id in done]
    if not names:
        return []
    words = _("what was done here for %(names)s stands in this timeline, too.", names=", ".join(names))
    return [Attention(icon="merge", head=_("Two became one:"), text=words)]
