"""Brakes: an administrator puts a notice, "no messages" or "read only" over a shop or the whole desk, and lifts it."""

from flask_babel import lazy_gettext as _l

from app.web.page import Page

page = Page(
    "brakes",
    __name__,
    title=_l("Emergency brake"),
    icon="octagon-x",
    section="settings",
    place=70,
    act_labels={
        "brakes.Lift": _l("Lifted the emergency brake"),
        "brakes.Put": _l("Pulled the emergency brake"),
    },
    in_shop=False,
)
