"""What the history of messages asks for, and the preview of a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import SearchField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.pages.messages.forms import NEEDED
from app.web.forms.fields import Form, choices
from app.web.forms.filters import DatedFilters, Filters
from app.web.paging_args import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.store.campaigns import Campaign
    from app.store.people import Person

KINDS_OF_MESSAGES = {
    "": _l("Any kind"),
    "sms": _l("SMS"),
    "multi": _l("Multi-channel"),
    "transact": _l("With copies and files"),
}
KINDS_OF_CAMPAIGNS = {name: words for name, words in KINDS_OF_MESSAGES.items() if name != "transact"}
STATES = {
    "": _l("Any outcome"),
    "sent": _l("Sent"),
    "unknown": _l("Unknown"),
    "refused": _l("Refused"),
    "failed": _l("Not sent"),
    "arrived": _l("It arrived"),
    "lost": _l("It did not arrive"),
    "sending": _l("Being sent"),
    "held": _l("Waiting to be sent"),
    "withdrawn": _l("Taken back"),
}


class ResolveForm(Form):
    """A person looked, and says what became of it."""

    note = StringField(_l("How do you know?"), validators=[InputRequired(NEEDED), Length(max=400)])


class FindForm(Form):
    """To whom: an address, a number or an ID. It travels by POST only."""

    who = StringField(_l("Recipient"), validators=[InputRequired(NEEDED), Length(max=255)])


class ListFilters(DatedFilters):
    """The filters of the history."""

    campaign = SelectField(_l("Campaign"))
    kind = SelectField(_l("Kind"), choices=choices(KINDS_OF_MESSAGES))
    state = SelectField(_l("Outcome"), choices=choices(STATES))
    person = SelectField(_l("Person"), coerce=whole_number)

    def offer(self, register: Iterable[Campaign], everyone: Iterable[Person]) -> None:
        """Offer the campaigns of the register and everybody who works here."""
        names = {"": _l("Any campaign")} | {campaign.code: campaign.name for campaign in register}
        if self.campaign.data:
            names.setdefault(self.campaign.data, self.campaign.data)
        self.campaign.choices = choices(names)
        self.person.choices = choices({"": _l("Anybody")} | {one.id: one.name for one in everyone})


class CampaignFilters(Filters):
    """What narrows the register of campaigns."""

    q = SearchField(_l("Name or code"), render_kw={"autocomplete": "off"})
    kind = SelectField(_l("Kind"), choices=choices(KINDS_OF_CAMPAIGNS))

    def fits(self, campaign: Campaign) -> bool:
        words = (self.q.data or "").strip().casefold()
        is_named = words in campaign.name.casefold() or words in campaign.code.casefold()
        return is_named and (not self.kind.data or campaign.kind == self.kind.data)


class RecipientFilters(Filters):
    """What narrows the test recipients; an address stands in no URL."""

    kind = SelectField(_l("Kind"), choices=choices({"": _l("Any kind"), "email": _l("E-mail"), "phone": _l("Phone")}))


class PreviewForm(Form):
    """As whom a campaign is previewed."""

    who = StringField(
        _l("As whom"), description=_l("E-mail, phone or ID"), validators=[InputRequired(NEEDED), Length(max=255)]
    )
    names = TextAreaField(
        _l("Names, one a line"),
        description=_l("The longest of them is taken: the worst case."),
        validators=[Length(max=100_000)],
        render_kw={"rows": 2},
    )
