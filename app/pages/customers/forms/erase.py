"""Erasing a customer: the contact is typed, and the reason said."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.web.forms.fields import OnceForm

if TYPE_CHECKING:
    from wtforms import Field


class EraseForm(OnceForm):
    """What is asked before somebody is erased."""

    typed = StringField(_l("Contact"))
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Who asked for it, and how you know that it is them. It stays in the trail: name nobody."),
        validators=[InputRequired(_l("Say why.")), Length(max=500)],
    )

    def __init__(self, *, expected: str, **more: Any) -> None:
        super().__init__(**more)
        self.expected = expected

    def validate_typed(self, typed: Field) -> None:
        """The contact has to be typed, not pressed; gaps and capitals do not matter."""
        if _plain(typed.data) != _plain(self.expected):
            typed.errors = [_("This is not the contact of this customer. Nothing was sent.")]

    def renew(self) -> None:
        """Let the person try again on purpose, after it went wrong."""
        self.once.data = secrets.token_urlsafe(12)


def _plain(text: str | None) -> str:
    return "".join(sign for sign in (text or "").casefold() if sign not in " +()\u00a0-\u2011")
