"""Home: the search box, the state of the API, what runs low, and what was done lately."""

from flask_babel import lazy_gettext as _l

from app.web.page import ALL_ROLES, EVERYONE, Page

page = Page(
    "home",
    __name__,
    title=_l("Home"),
    icon="house",
    section="desk",
    place=1,
    menu_of=ALL_ROLES,
    sees=EVERYONE,
    url_prefix="/",
)
