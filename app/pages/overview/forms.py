"""Saving a filtered list by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.routing import BuildError
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.web.forms.fields import Form
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from wtforms import Field

OF_A_PLACE = {"before", "after", "csrf_token"}  # where one was in the list says nothing of the list


class SaveForm(Form):
    """A name for a list as it is narrowed now."""

    title = StringField(_l("Name"), validators=[InputRequired(_l("This is needed.")), Length(max=80)])
    shared = BooleanField(_l("Everybody who works in this shop sees it"))
    of = HiddenField(validators=[Length(max=80)])
    query = HiddenField(validators=[Length(max=1000)])

    def validate_title(self, field: Field) -> None:
        field.data = (field.data or "").strip()
        if not field.data:
            raise ValidationError(_("This is needed."))

    def validate_query(self, field: Field) -> None:
        """Keep only what narrows the list, and only of a list that is there and open to this person."""
        if list_url(self.of.data or "") is None or not (narrowed := narrowing(field.data or "")):
            self.form_errors.append(_("This is no list that can be saved. Open the list, filter it and save it there."))
            raise ValidationError(_("This is no list that can be saved."))
        field.data = narrowed

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) and not self.form_errors


def narrowing(query: str) -> str:
    """Give the query of a list without what narrows nothing."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in OF_A_PLACE and value.strip()])


def list_url(endpoint: str) -> str | None:
    """Where a list is; None for what is no page of this shop, or not for this person."""
    if endpoint not in current_app.view_functions or not may(endpoint, "GET"):
        return None
    if not current_app.url_map.is_endpoint_expecting(endpoint, "shop"):
        return None
    try:
        return url_for(endpoint, _method="GET")
    except BuildError:
        return None
