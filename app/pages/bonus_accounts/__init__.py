"""Bonus accounts: brought from a file, checked before they are sent; members, and what ends soon."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, MARKETERS, Action, Page

page = Page(
    "bonus_accounts",
    __name__,
    title=_l("Bonus accounts"),
    icon="gem",
    section="customers",
    place=70,
    sees=EVERYONE,
    acts=MARKETERS,
    palette=[Action("new", _l("Import bonus accounts"), icon="file-up")],
    act_labels={
        "bonus_accounts.Import": _l("Imported bonus accounts"),
        "bonus_accounts.SendAgain": _l("Let a part of bonus accounts be sent again"),
        "bonuses.Import": _l("Sent a part of bonus accounts"),
    },
)
