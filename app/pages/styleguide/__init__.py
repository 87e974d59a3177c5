"""Style guide: every component, live, with the call that makes it."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page(
    "styleguide", __name__, title=_l("Style guide"), icon="palette", sees=EVERYONE, acts=EVERYONE, in_shop=False
)
