"""Searches that found nothing: which are new, rising or gone, who looks after each, and trying it again."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, MARKETERS, Page

page = Page(
    "zero_results",
    __name__,
    title=_l("Searches without results"),
    icon="search-x",
    section="catalogue",
    place=40,
    sees=EVERYONE,
    acts=MARKETERS,
    act_labels={"zero_results.Decide": _l("Decided about a search without results")},
)
