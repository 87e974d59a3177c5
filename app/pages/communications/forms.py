"""What the communications pages ask for; the lists to choose from are the shop's own."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.pages.communications.vocabulary import LISTS
from app.rees46 import communications
from app.store.communications import FIELDS
from app.web.forms.fields import Form, OnceOperationForm, OperationForm, choices, field
from app.web.forms.filters import DatedFilters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.pages.communications.vocabulary import Vocabulary
    from app.store.communications import Communication

NEEDED = _l("This is needed.")
CHOSEN = tuple(name for name in FIELDS if name != "comment")


def _chosen(name: str, label: Any) -> Any:
    """A word of a managed list; the list is known when the page is. Its id is unlike others on a profile."""
    return field(communications.Edit, name, label, SelectField, validate_choice=False, id=f"said-{name}")


class CommunicationForm(OperationForm[Any]):
    """The fields of a communication, in the order in which people tell it."""

    comment = field(
        communications.Save,
        "comment",
        _l("What was said"),
        TextAreaField,
        render_kw={"rows": 4},
        id="said-comment",
        filters=[lambda said: said.replace("\r\n", "\n").strip() if said else said],
    )
    channel = _chosen("channel", LISTS["channel"])
    event = _chosen("event", LISTS["event"])
    call_type = _chosen("call_type", LISTS["call_type"])
    call_theme = _chosen("call_theme", LISTS["call_theme"])
    subject_appeal = _chosen("subject_appeal", LISTS["subject_appeal"])
    status = _chosen("status", LISTS["status"])
    author_type = _chosen("author_type", LISTS["author_type"])
    location_id = _chosen("location_id", LISTS["location_id"])
    who: Mapping[str, str]

    def offer(self, vocabulary: Vocabulary, now: Mapping[str, Any] | None = None) -> None:
        """Offer the words of the lists; a word that stands there now stays possible."""
        for name in CHOSEN:
            present = (now or {}).get(name)
            words = vocabulary.choices(name, present)
            self[name].choices = choices(
                ({"": _("none")} if not present else {}) | words if name == "subject_appeal" else words
            )

    def given(self) -> dict[str, Any]:
        return super().given() | dict(self.who)


class LogForm(OnceOperationForm[communications.Save], CommunicationForm):
    """Log a communication: once, however often it is clicked."""

    makes = communications.Save

    again = BooleanField(_l("Do it all the same"))

    def try_anew(self) -> None:
        """Let the corrected form be sent: the click before came to nothing."""
        self.once.data = secrets.token_urlsafe(12)


class EditForm(CommunicationForm):
    """Correct a communication. Only what differs from what stands there now is sent."""

    makes = communications.Edit

    seen = HiddenField()  # what the form was opened with, to notice that somebody else was quicker
    now: Mapping[str, Any]
    number: str

    def changes(self) -> dict[str, Any]:
        return {name: self[name].data for name in FIELDS if self[name].data and self[name].data != self.now.get(name)}

    def given(self) -> dict[str, Any]:
        return {**self.changes(), **self.who, "id": self.number}


def digest(fields: Mapping[str, Any]) -> str:
    """Name a state of a communication, without telling what it is."""
    said = json.dumps({name: fields.get(name) for name in FIELDS}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class FindForm(Form):
    """Whose communications; what is typed travels by POST only."""

    who = StringField(_l("Customer"), validators=[InputRequired(NEEDED), Length(max=255)])


class ListFilters(DatedFilters):
    """The filters of the list."""

    channel = SelectField(LISTS["channel"], validate_choice=False)
    theme = SelectField(LISTS["call_theme"], validate_choice=False)
    by = SelectField(_l("Logged"), choices=choices({"": _l("anywhere"), "us": _l("at this desk")}))

    def offer(self, vocabulary: Vocabulary, rows: Iterable[Communication]) -> None:
        """Offer the words of the lists, and those that the rows at hand have besides."""
        rows = list(rows)
        for name, kind in (("channel", "channel"), ("theme", "call_theme")):
            met = sorted({getattr(row, name) for row in rows} | {self[name].data or ""})
            words = vocabulary.choices(kind) | {value: vocabulary.reads(kind, value) for value in met if value}
            select: Any = self[name]
            select.choices = choices({"": _l("Any channel") if name == "channel" else _l("Any theme")} | words)


class WordForm(Form):
    """A word for a managed list."""

    kind = HiddenField()
    value = field(
        communications.Save,
        "channel",
        _l("Word"),
        description=_l("As REES46 gets it."),
        filters=[lambda said: (said or "").strip()],
    )
    label = StringField(_l("Reads as"), description=_l("Empty: as it is."), validators=[Length(max=120)])
