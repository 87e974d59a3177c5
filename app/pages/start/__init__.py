"""Start: where somebody begins whose address names no shop."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page("start", __name__, title=_l("Home"), icon="house", sees=EVERYONE, in_shop=False, url_prefix="/")
