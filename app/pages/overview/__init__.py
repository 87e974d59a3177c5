"""Overview: all pages that there are for a person, their pins, and lists that were saved by name."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page(
    "overview",
    __name__,
    title=_l("All pages"),
    icon="layout-grid",
    sees=EVERYONE,
    acts=EVERYONE,
    url_prefix="/pages",
)
