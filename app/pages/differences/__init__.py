"""What REES46 answers differently: fields of replies that the contract does not know, misses or cannot read."""

from flask_babel import lazy_gettext as _l

from app.web.page import Page

page = Page(
    "differences", __name__, title=_l("What REES46 answers differently"), icon="diff", section="settings", place=60
)
