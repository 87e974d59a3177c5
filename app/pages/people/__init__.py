"""People: who works at this desk, and in which role."""

from flask_babel import lazy_gettext as _l

from app.web.page import Action, Page

page = Page(
    "people",
    __name__,
    title=_l("People"),
    icon="users-round",
    section="settings",
    place=10,
    palette=[Action("add", _l("Add a person"), icon="user-round-plus")],
    act_labels={
        "people.Add": _l("Added a person"),
        "people.Edit": _l("Changed a person"),
        "people.NewPassword": _l("Made a link to choose a new password"),
        "people.ResetSecondFactor": _l("Reset a second factor"),
        "people.DemandSecondFactor": _l("Changed which roles have to have a second factor"),
    },
    in_shop=False,
)
