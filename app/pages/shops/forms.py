"""What is asked about a shop. The secret is written, never shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.store.shops import COLOURS
from app.web.channels import TICKED
from app.web.forms.fields import Form, choices

NEEDED = _l("This is needed.")
ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?", re.IGNORECASE)
NAMES = {
    "blue": _l("Blue"),
    "green": _l("Green"),
    "amber": _l("Amber"),
    "red": _l("Red"),
    "violet": _l("Violet"),
    "grey": _l("Grey"),
}


def _is_web_address(_form: Form, field: StringField) -> None:
    """Let through what leads to a host, and to a port that there is."""
    url = str(field.data)
    try:
        fits = ADDRESS.fullmatch(url) and urlsplit(url).hostname and urlsplit(url).port != 0
    except ValueError:
        fits = False
    if not fits:
        raise ValidationError(_l("This is not a web address."))


class SecretField(PasswordField):
    """A secret is typed, never taken from the shop, whose `secret` and `chat_secret` are methods that read it."""

    def process_data(self, _value: object) -> None:
        self.data = None


class ShopForm(Form):
    name = StringField(_l("Name"), validators=[InputRequired(NEEDED), Length(max=120)])
    kind = RadioField(
        _l("Kind"),
        choices=choices({"test": _l("Test: mistakes cost nothing"), "live": _l("Live: real customers")}),
        default="test",
        validators=[InputRequired(NEEDED)],
    )
    colour = RadioField(
        _l("Colour"),
        choices=choices({colour: NAMES[colour] for colour in COLOURS}),
        default="blue",
        description=_l("Shown on every page, so that nobody mistakes one shop for another."),
    )
    shop_id = StringField("shop_id", validators=[InputRequired(NEEDED), Length(max=64)])
    api_url = StringField(
        _l("Address of its REES46"),
        description=_l("Such as https://api.rees46.com. Empty: the one this desk was installed with."),
        filters=[lambda text: text and text.strip()],
        validators=[Optional(), Length(max=500), _is_web_address],
    )
    channels = SelectMultipleField(
        _l("Channels besides e-mail and SMS"),
        choices=choices(TICKED),
        description=_l("REES46 does not tell which ones a shop has. Subscriptions show those that are ticked."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class ChatForm(Form):
    """Where notices of a shop are posted; the secret signs them."""

    chat_url = StringField(
        _l("Address of the webhook"),
        description=_l("Of Slack, Mattermost or a program of your own. Empty: nothing is posted."),
        filters=[lambda text: text and text.strip()],
        validators=[Optional(), Length(max=500), _is_web_address],
    )
    chat_secret = SecretField(
        _l("Secret"),
        description=_l("At least 16 characters; it signs each post. Leave it empty to keep the present one."),
        validators=[Optional(), Length(min=16, max=200)],
    )


class AddForm(ShopForm):
    secret = SecretField("shop_secret", validators=[InputRequired(NEEDED), Length(max=500)])


class EditForm(ShopForm):
    secret = SecretField(
        "shop_secret",
        description=_l("Leave it empty to keep the present one."),
        validators=[Optional(), Length(max=500)],
    )
    active = BooleanField(_l("In use"))
