"""API reference: every operation as the contract has it, with its curl. Generated, so that it cannot drift."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page(
    "reference",
    __name__,
    title=_l("API reference"),
    icon="book-open",
    section="records",
    place=30,
    sees=EVERYONE,
    in_shop=False,
)
