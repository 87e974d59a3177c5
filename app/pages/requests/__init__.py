"""Request log: every call to REES46 as curl, its answer, and a form to send it again."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, VIEWERS, Page

page = Page(
    "requests",
    __name__,
    title=_l("Request log"),
    icon="scroll-text",
    section="records",
    place=20,
    menu_of=VIEWERS,
    sees=EVERYONE,
    acts=STAFF,
)
