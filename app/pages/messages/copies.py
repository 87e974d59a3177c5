"""Forms that hold templates: a campaign with the copy of what it says, and the bench."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.pages.messages.forms import NEEDED
from app.rees46 import messages
from app.store.campaigns import PARTS
from app.web.forms.fields import Form, choices, field
from app.web.messaging.languages import language_choices
from app.web.messaging.variables import KINDS

LONGEST = 100_000
EVENTS = {
    "": _l("the app, as it is"),
    "web": _l("a page, by its address"),
    "category": _l("a category, by its ID"),
    "product": _l("a product, by its ID"),
    "custom": _l("something of the app's own"),
}


def template_field(label: Any, rows: int, longest: int = LONGEST) -> TextAreaField:
    code = {"rows": rows, "data-code": True, "spellcheck": "false"}
    return TextAreaField(label, validators=[Optional(), Length(max=longest)], filters=[plain_lines], render_kw=code)


def line_field(label: Any, longest: int = 1000) -> StringField:
    return StringField(label, validators=[Optional(), Length(max=longest)])


def plain_lines(said: str | None) -> str | None:
    """Undo what browsers do to line breaks."""
    return said.replace("\r\n", "\n") if said else said


class CopyForm(Form):
    """A copy of what a campaign says, in one language."""

    sms = template_field(_l("SMS"), 4, 10_000)

    def copies(self) -> dict[str, str]:
        """The parts of the saved copy that are not empty."""
        return {part: said for part in PARTS["multi"] if part in self and (said := self._fields[part].data)}


class MultiCopyForm(CopyForm):
    """Such a copy for whichever channel reaches the customer."""

    email_subject = line_field(_l("E-mail subject"))
    email_text = template_field(_l("E-mail (plain text)"), 3, 20_000)
    email = template_field(_l("E-mail (HTML)"), 8)
    web_title = line_field(_l("Web push title"))
    web_body = template_field(_l("Web push text"), 2, 10_000)
    web_icon = line_field(_l("Web push icon (URL)"), 2000)
    web_url = line_field(_l("Where the web push leads (URL)"), 2000)
    push_title = line_field(_l("Push title"))
    push_subtitle = line_field(_l("Push subtitle"))
    push = template_field(_l("Push text"), 3, 10_000)
    push_image = line_field(_l("Push image (URL)"), 2000)
    push_event = SelectField(_l("What a tap on the push opens"), choices=choices(EVENTS), default="")
    push_url = line_field(_l("Address or ID of it"), 2000)
    push_badge = line_field(_l("Number on the icon of the app"), 20)
    push_payload = template_field(_l("Push payload (JSON)"), 3, 10_000)


class CampaignForm(CopyForm):
    """A campaign as it was set up at REES46, and a copy of what it says."""

    code = field(
        messages.Sms,
        "code",
        _l("Campaign code"),
        filters=[lambda said: (said or "").strip()],
        description=_l("Exactly as REES46 has it."),
    )
    name = StringField(_l("Name"), validators=[InputRequired(NEEDED), Length(max=120)])
    note = TextAreaField(_l("Note"), validators=[Optional(), Length(max=2000)], render_kw={"rows": 2})
    variables = TextAreaField(
        _l("Variables"),
        description=_l("One a line, by path, with its kind if it is no text: promo.code, hours: number."),
        validators=[Optional(), Length(max=10_000)],
        render_kw={"rows": 4, "data-code": True, "spellcheck": "false"},
    )
    active = BooleanField(_l("In use"), description=_l("Campaigns not in use are not offered."), default=True)
    language = SelectField(_l("Language of the copy"), validators=[Optional()])

    def declared(self) -> dict[str, str]:
        """The variables that were named, each once, with the kind where one was said."""
        lines = (line.partition(":") for line in (self.variables.data or "").replace(",", "\n").splitlines())
        return {name.strip(): kind.strip().lower() for name, _colon, kind in lines if name.strip()}

    def validate_variables(self, typed: TextAreaField) -> None:  # noqa: ARG002  # as WTForms calls it
        for name, kind in self.declared().items():
            if kind and kind not in KINDS:
                said = {"kind": kind[:40], "name": name[:40], "kinds": ", ".join(KINDS)}
                raise ValidationError(_("“%(kind)s” of “%(name)s” is no kind: there are %(kinds)s.", **said))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.language.choices = [("", _("not said")), *language_choices()]


class SmsCampaignForm(CampaignForm):
    """A campaign that sends one SMS."""


class MultiCampaignForm(MultiCopyForm, CampaignForm):
    """A campaign that takes whichever channel reaches the customer."""


COPIES: dict[str, type[CopyForm]] = {"sms": CopyForm, "multi": MultiCopyForm}


class BenchForm(Form):
    """A template to try out, and what to fill it with."""

    template = TextAreaField(
        _l("Template"),
        description=_l("Liquid, as REES46 has it. REES46 gives no templates away: paste a copy."),
        validators=[InputRequired(NEEDED), Length(max=LONGEST)],
        filters=[plain_lines],
        render_kw={"rows": 10, "data-code": True, "spellcheck": "false"},
    )
    variables = template_field(_l("Variables as JSON"), 6)
    names = TextAreaField(
        _l("Names, one a line"),
        description=_l("The longest of them is taken: the worst case."),
        validators=[Optional(), Length(max=LONGEST)],
        render_kw={"rows": 2},
    )
