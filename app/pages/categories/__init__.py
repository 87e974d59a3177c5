"""Categories: the tree, what each lists with its facets, and collections of products."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page(
    "categories",
    __name__,
    title=_l("Categories"),
    icon="tags",
    section="catalogue",
    place=20,
    sees=EVERYONE,
)
