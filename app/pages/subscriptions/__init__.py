"""Subscriptions: what a customer agreed to, whether they can be reached and why not, and every change of it."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Page

page = Page(
    "subscriptions",
    __name__,
    title=_l("Subscriptions"),
    icon="bell",
    section="customers",
    place=30,
    sees=EVERYONE,
    acts=STAFF,
)
