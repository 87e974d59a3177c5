"""Shops: the REES46 accounts the desk works with, their keys, and switching between them."""

from flask_babel import lazy_gettext as _l

from app.web.page import Page

page = Page("shops", __name__, title=_l("Shops"), icon="store", section="settings", place=20)

from app.pages.shops import views  # noqa: E402, F401  # the views hang themselves on the page
