"""Categories: the tree, what each lists with its facets, and collections of products."""

from flask_babel import lazy_gettext as _l

from app.web.page import ADMIN, EVERYONE, MARKETERS, VIEWERS, Page

page = Page(
    "categories",
    __name__,
    title=_l("Categories"),
    icon="tags",
    section="catalogue",
    place=20,
    menu_of=ADMIN | MARKETERS | VIEWERS,
    sees=EVERYONE,
)
