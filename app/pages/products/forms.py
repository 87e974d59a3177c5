"""What is asked about products."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length
from wtforms.validators import Optional as MayBeEmpty

from app.rees46.recommendations import Recommend
from app.web.forms.fields import Form, choices, field
from app.web.forms.filters import Filters

LACKS = {
    "price": _l("Price"),
    "name": _l("Name"),
    "url": _l("URL"),
    "picture": _l("Picture"),
    "other": _l("Something else"),
}


class HiddenFilters(Filters):
    """What the products lack."""

    lacks = SelectField(_l("What is missing"), choices=choices({"": _l("Anything"), **LACKS}))


class BlockForm(Form):
    """A recommendation block that is to be shown beside products."""

    code = field(
        Recommend,
        "recommender_code",
        _l("Code of the block"),
        description=_l("As it stands in REES46."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    name = StringField(
        _l("What it shows"),
        description=_l("Such as: similar, bought together."),
        validators=[MayBeEmpty(), Length(max=120)],
        render_kw={"maxlength": 120},
    )
