"""Bulk acts: one thing done to many customers of a list, after a dry run, with an outcome for each."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Action, Page

page = Page(
    "bulk",
    __name__,
    title=_l("Bulk acts"),
    icon="list-checks",
    section="customers",
    place=70,
    sees=EVERYONE,
    acts=STAFF,
    palette=[Action("new", _l("Change many customers at once"), icon="list-checks")],
    act_labels={
        "bulk.Retry": _l("Tried failed rows of a bulk act again"),
        "bulk.Run": _l("Changed many customers at once"),
    },
)
