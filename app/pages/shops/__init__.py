"""Shops: the REES46 accounts the desk works with, their keys, and switching between them."""

from flask_babel import lazy_gettext as _l

from app.web.page import Action, Page

page = Page(
    "shops",
    __name__,
    title=_l("Shops"),
    icon="store",
    section="settings",
    place=20,
    palette=[Action("add", _l("Add a shop"), icon="store")],
    act_labels={
        "shops.Add": _l("Added a shop"),
        "shops.Approvals": _l("Changed which acts wait for a second person"),
        "shops.Chat": _l("Changed the chat of a shop"),
        "shops.Edit": _l("Changed a shop"),
    },
    in_shop=False,
)
