"""Segments: what they are called, who is in them, putting people in and taking them out."""

from flask_babel import lazy_gettext as _l

from app.web.page import ALL_ROLES, EVERYONE, STAFF, Action, Page

page = Page(
    "segments",
    __name__,
    title=_l("Segments"),
    icon="shapes",
    section="customers",
    place=20,
    menu_of=ALL_ROLES,
    sees=EVERYONE,
    acts=STAFF,
    palette=[Action("add", _l("Add a customer to a segment"), icon="user-plus")],
    act_labels={
        "segments.Add": _l("Added to a segment"),
        "segments.Name": _l("Named a segment"),
        "segments.Remove": _l("Removed from a segment"),
    },
)
