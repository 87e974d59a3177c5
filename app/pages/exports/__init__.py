"""Exports: lists too long to wait for, which a worker writes into a file."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page("exports", __name__, title=_l("Export"), icon="download", sees=EVERYONE, acts=EVERYONE)
