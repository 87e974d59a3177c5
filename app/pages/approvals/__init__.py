"""Approvals: what colleagues asked for and a second person has to approve, with its exact effect."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Page

page = Page(
    "approvals",
    __name__,
    title=_l("Approvals"),
    icon="user-check",
    section="records",
    place=4,
    sees=EVERYONE,
    acts=STAFF,
    act_labels={
        "approvals.Approve": _l("Approved an act of somebody else"),
        "approvals.Refuse": _l("Refused an act of somebody else"),
        "approvals.Expire": _l("Nobody approved an act in time"),
        "approvals.Change": _l("Let an act not be sent that would do something else by now"),
        "budgets.Allow": _l("Was let go beyond a budget for an hour"),
        "approvals.Why": _l("Said why an act should be approved"),
    },
)
