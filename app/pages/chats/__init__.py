"""Chats: logs of conversations that were held elsewhere, saved with the customer they are of."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Action, Page

page = Page(
    "chats",
    __name__,
    title=_l("Chats"),
    icon="messages-square",
    section="customers",
    place=80,
    sees=EVERYONE,
    acts=STAFF,
    palette=[Action("add", _l("Save a chat log"), icon="messages-square")],
    act_labels={"chats.Save": _l("Saved a chat log")},
)
