"""Help: a short guide for each role, of which each page shows its part."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page(
    "help",
    __name__,
    title=_l("Help"),
    icon="circle-question-mark",
    section="records",
    place=60,
    sees=EVERYONE,
)
