"""What the link pages ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Form as PlainForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.pages.links.qr_codes import LEVELS, SIZES
from app.rees46.links import CODE, DEFAULT, LONGEST, SHORTEST
from app.store.utm_templates import TAGS
from app.web.forms.fields import Between, Form, OnceForm, choices
from app.web.forms.filters import DatedFilters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.utm_templates import UtmTemplate

NEEDED = _l("This is needed.")
LONGEST_URL = 8000
LONGEST_TEXT = 2_000_000  # characters of many URLs


def _tag(label: Any, hint: Any = "") -> Any:
    return StringField(label, description=hint, validators=[Optional(), Length(max=200)], render_kw={"maxlength": 200})


def _lifetime() -> Any:
    return IntegerField(
        _l("Lifetime in days"),
        description=_l("1 to 90. Then REES46 deletes the link; it can be renewed before and after."),
        default=DEFAULT,
        validators=[InputRequired(_l("This must be a whole number.")), Between(SHORTEST, LONGEST)],
    )


class TagFields:
    """UTM tags: of a template, typed, or both; what is typed counts."""

    source = _tag(_l("Source"), _l("Where people come from, such as newsletter"))
    medium = _tag(_l("Medium"), _l("How, such as email, sms, social"))
    campaign = _tag(_l("Campaign"), _l("Such as spring-sale-2027"))
    term = _tag(_l("Term"))
    content = _tag(_l("Content"), _l("Tells two links of one message apart"))


class MakeForm(OnceForm, TagFields):
    """What one link and many have in common."""

    lifetime = _lifetime()
    template = SelectField(_l("Template"), validators=[Optional()])
    domain = StringField(
        _l("Own domain"),
        description=_l("Only one that REES46 support has allowed. Empty: the usual one."),
        validators=[Optional(), Length(max=253)],
        render_kw={"maxlength": 253},
    )

    def offer(self, templates: Sequence[UtmTemplate], chosen: str | None = None) -> None:
        """Give the templates to choose from, and fill in the one that was chosen by the address."""
        self.template.choices = [("", _("None")), *((template.key, template.name) for template in templates)]
        self.templates = {template.key: template for template in templates}
        if chosen in self.templates and not self.is_submitted():
            self.template.data = chosen
            for name in TAGS:
                self[name].data = getattr(self.templates[chosen], name)

    def tags(self) -> dict[str, str]:
        """The tags that are wanted."""
        template = self.templates.get(self.template.data or "")
        typed = {name: text for name in TAGS if (text := (self[name].data or "").strip())}
        return (template.tags if template else {}) | typed

    @property
    def own_domain(self) -> str:
        return (self.domain.data or "").strip().lower()


class ShortenForm(MakeForm):
    url = StringField(
        _l("Long URL"),
        description=_l("A page, or a deep link into an app."),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_URL)],
        render_kw={"maxlength": LONGEST_URL, "inputmode": "url", "autocomplete": "off", "spellcheck": "false"},
    )
    code = StringField(
        _l("Own code"),
        description=_l("What comes after the last slash. Leave empty for a random one."),
        validators=[
            Optional(),
            Length(max=64),
            Regexp(CODE, message=_l("Use Latin letters, digits, dash and underscore.")),
        ],
        render_kw={"maxlength": 64, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"},
    )


class ManyForm(MakeForm):
    lines = TextAreaField(
        _l("URLs"),
        description=_l("One a line. After a URL and a space: its lifetime in days and its own code, if you like."),
        validators=[Optional(), Length(max=LONGEST_TEXT)],
        render_kw={"rows": 8, "spellcheck": "false", "data-code": "", "autocomplete": "off", "wrap": "off"},
    )
    file = FileField(_l("Or a file"))

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if bool((self.lines.data or "").strip()) == bool(self.file.data):
            self.lines.errors = [_("Paste the URLs or choose a file, one of the two.")]
            return False
        return fits


class RenewForm(OnceForm):
    lifetime = _lifetime()


class TemplateForm(Form, TagFields):
    name = StringField(
        _l("Name"),
        validators=[InputRequired(NEEDED), Length(max=120)],
        render_kw={"maxlength": 120, "autocomplete": "off"},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if fits and not any((self[name].data or "").strip() for name in TAGS):
            self.refuse(_("Fill in at least one tag."))
            return False
        return fits


class LedgerForm(DatedFilters):
    """The filters of the ledger."""

    code = StringField(_l("Code"), description=_l("Or the whole short link"))
    campaign = StringField(_l("Campaign"), description=_l("As it stands in the URL"))
    person = SelectField(_l("Person"))


class SymbolForm(PlainForm):
    """How a QR code is drawn; nonsense in the URL counts as nothing."""

    level = SelectField(_l("Error correction"), choices=choices(LEVELS))
    size = SelectField(_l("Size"), choices=choices({key: words for key, (_scale, words) in SIZES.items()}))


class DecideForm(Form):
    """What becomes of codes that are in use, all at once."""

    replace_all = StringField(_l("Replace all of these codes"), validators=[Optional(), Length(max=10)])
    seen = HiddenField()
