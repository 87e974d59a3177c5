"""What is asked before a chat is saved."""

from __future__ import annotations

import secrets

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from app.pages.chats.logs import LARGEST, Log, Unreadable, read
from app.rees46 import chats
from app.web.forms.fields import OnceForm, field
from app.web.forms.filters import DatedFilters
from app.web.tables import upload


class ListFilters(DatedFilters):
    """The days of the list: whom a chat was with stands in no address."""


class ChatForm(OnceForm):
    """A log, and whose it is."""

    who = StringField(
        _l("Customer"),
        description=_l("E-mail, phone in any format, or an ID. Empty: looked for in the log."),
        validators=[Optional(), Length(max=200)],
    )
    file = FileField(_l("File"), validators=[Optional()])
    text = TextAreaField(
        _l("Or paste it"),
        description=_l("JSON of the platform, or lines such as: Anna: Good morning"),
        validators=[Optional(), Length(max=LARGEST)],
        render_kw={"rows": 10, "spellcheck": "false"},
    )
    code = field(
        chats.Save,
        "code",
        _l("Code of the conversation"),
        required=False,
        description=_l("Empty: that of the log, or a new one. The same code again replaces what was saved."),
    )
    replaces = BooleanField(_l("Replace the chat with this code"))

    def log(self) -> Log | None:
        """Read the log; what is wrong with it stands on the form."""
        brought = self.file if self.file.data else self.text
        try:
            if self.file.data:
                self.text.data = upload.content_of(self.file.data).decode("utf-8-sig")
            log = read(self.text.data or "")
        except UnicodeDecodeError:
            self.file.errors = [_("This is no text in UTF-8.")]
            return None
        except (Unreadable, upload.Unreadable) as unreadable:
            brought.errors = [unreadable.words]
            return None
        self.code.data = (self.code.data or "").strip() or log.code or f"desk46-{secrets.token_hex(6)}"
        return log
