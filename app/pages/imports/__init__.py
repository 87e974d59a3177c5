"""Imports: bringing a file of customers, or of addresses never to be written to again."""

from flask_babel import lazy_gettext as _l

from app.web.page import MARKETERS, STAFF, Page

page = Page(
    "imports",
    __name__,
    title=_l("Imports"),
    icon="file-up",
    section="customers",
    place=60,
    sees=STAFF,
    acts=MARKETERS,
)
