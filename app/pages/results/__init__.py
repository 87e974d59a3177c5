"""Results: what forms were answered with, under addresses that can be loaded again."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page("results", __name__, title=_l("Result"), icon="history", sees=EVERYONE)
