"""Subscriptions: what a customer agreed to, whether they can be reached and why not, and every change of it."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, VIEWERS, Action, Page

page = Page(
    "subscriptions",
    __name__,
    title=_l("Subscriptions"),
    icon="bell",
    section="customers",
    place=40,
    menu_of=STAFF | VIEWERS,
    sees=EVERYONE,
    acts=STAFF,
    palette=[Action("report", _l("Report a bounce, a complaint or an unsubscription"), icon="mail-x")],
    act_labels={
        "subscriptions.Callback": _l("Reported what a mail server said"),
        "subscriptions.Export": _l("Downloaded subscription changes"),
        "subscriptions.Manage": _l("Changed subscriptions"),
    },
)
