"""Budgets: how much each role may do in an hour or a day, and who did many times more than others or than usual."""

from flask_babel import lazy_gettext as _l

from app.web.page import Action, Page

page = Page(
    "budgets",
    __name__,
    title=_l("Budgets"),
    icon="activity",
    section="settings",
    place=15,
    palette=[Action("outliers", _l("Who did unusually much"), icon="activity")],
    act_labels={"budgets.Edit": _l("Changed the budgets of roles")},
    in_shop=False,
)
