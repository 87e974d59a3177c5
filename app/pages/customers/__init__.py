"""Customers: finding one or five hundred, the profile with its panels, and changing what is known."""

from flask_babel import lazy_gettext as _l

from app.web.page import ALL_ROLES, EVERYONE, SUPPORT, Page

page = Page(
    "customers",
    __name__,
    title=_l("Customers"),
    icon="users",
    section="customers",
    place=10,
    menu_of=ALL_ROLES,
    sees=EVERYONE,
    acts=SUPPORT,
    act_labels={
        "customers.Reveal": _l("Had contacts shown"),
        "customers.Erase": _l("Erased a customer at this desk"),
        "profile.ForceChangeEmail": _l("Forced a change of e-mail"),
        "profile.ForceChangeId": _l("Forced a change of own ID"),
        "profile.ForceChangePhone": _l("Forced a change of phone number"),
        "profile.Purge": _l("Erased a customer"),
        "profile.Set": _l("Changed a profile"),
    },
)
