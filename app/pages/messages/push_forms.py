"""What is asked on the push bench: what a push says, what a tap opens, and to whom one goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length
from wtforms.validators import Optional as MayBeEmpty

from app.pages.messages.copies import EVENTS, line_field, template_field
from app.web.forms.fields import Form, choices
from app.web.paging_args import whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.campaigns import Campaign

PARTS = ("title", "subtitle", "body", "image", "event", "uri", "badge", "payload")


class PushForm(Form):
    """A push, by REES46's names of its parts, and who gets it."""

    title = line_field(_l("Title"))
    subtitle = line_field(_l("Subtitle"))
    body = template_field(_l("Text"), 3, 10_000)
    image = line_field(_l("Image (URL)"), 2000)
    event = SelectField(_l("A tap opens"), choices=choices(EVENTS), default="")
    uri = line_field(_l("Address or ID of it"), 2000)
    badge = line_field(_l("Number on the icon of the app"), 20)
    payload = template_field(_l("Payload for the app (JSON)"), 3, 10_000)
    campaign = SelectField(_l("Campaign that carries it"), coerce=whole_number, validators=[MayBeEmpty()])
    to = StringField(
        _l("To"),
        description=_l("Device ID of a token, e-mail or phone of a test recipient."),
        validators=[MayBeEmpty(), Length(max=255)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )

    def offer(self, campaigns: Sequence[Campaign]) -> None:
        """Offer campaigns; one that asks for title and text is likely to carry what is built."""
        self.campaign.choices = choices({campaign.id: campaign.name or campaign.code for campaign in campaigns})
        if not self.is_submitted():
            carrier = next((campaign for campaign in campaigns if {"title", "body"} <= set(campaign.variables)), None)
            self.campaign.data = carrier.id if carrier else self.campaign.data

    def parts(self) -> dict[str, str]:
        """Give what the push says; nothing of what is empty."""
        return {name: said for name in PARTS if (said := (self[name].data or "").strip())}
