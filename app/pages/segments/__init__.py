"""Segments: what they are called, who is in them, putting people in and taking them out."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Page

page = Page(
    "segments", __name__, title=_l("Segments"), icon="shapes", section="customers", place=20, sees=EVERYONE, acts=STAFF
)
