"""Messages: test SMS and multi-channel messages, the campaigns they belong to, and who may get them."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Page

page = Page(
    "messages", __name__, title=_l("Messages"), icon="send", section="messages", place=10, sees=EVERYONE, acts=STAFF
)
