"""The loyalty programme: whether a customer is in it, their bonuses, what came and went, and what ends soon."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page(
    "loyalty",
    __name__,
    title=_l("Loyalty programme"),
    icon="gem",
    sees=EVERYONE,
)
