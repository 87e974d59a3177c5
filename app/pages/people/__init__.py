"""People: who works at this desk, and in which role."""

from flask_babel import lazy_gettext as _l

from app.web.page import Page

page = Page("people", __name__, title=_l("People"), icon="users-round", section="settings", place=10)
