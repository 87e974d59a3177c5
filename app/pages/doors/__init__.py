"""Doors: links from a help desk that open a customer, without a contact ever standing in an address."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page(
    "doors", __name__, title=_l("Open a customer"), icon="door-open", sees=EVERYONE, acts=EVERYONE, url_prefix="/open"
)
