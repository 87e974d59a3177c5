"""Notifications: which messages REES46 sent to a customer, and what became of each."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page(
    "notifications",
    __name__,
    title=_l("Messages from REES46"),
    icon="bell",
    sees=EVERYONE,
)
