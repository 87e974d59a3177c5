"""Promo codes: lists and what is left in them, new codes into a list, and handing one out."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Page

page = Page(
    "promo_codes",
    __name__,
    title=_l("Promo codes"),
    icon="ticket-percent",
    section="marketing",
    place=20,
    sees=EVERYONE,
    acts=STAFF,
)
