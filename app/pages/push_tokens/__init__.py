"""Push tokens: where push messages for an app go, registered for a device, and what this desk registered."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Action, Page

page = Page(
    "push_tokens",
    __name__,
    title=_l("Push tokens"),
    icon="smartphone",
    section="marketing",
    place=70,
    sees=EVERYONE,
    acts=STAFF,
    palette=[Action("add", _l("Register a push token"), icon="smartphone")],
    act_labels={"push_tokens.Add": _l("Registered a push token")},
)
