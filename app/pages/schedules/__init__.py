"""Schedules: what is done by itself at set times, how it went last, running it now and pausing it."""

from flask_babel import lazy_gettext as _l

from app.web.page import Page

page = Page(
    "schedules",
    __name__,
    title=_l("Schedules"),
    icon="clock",
    section="settings",
    place=65,
    act_labels={
        "schedules.Keep": _l("Changed for how long something is kept"),
        "schedules.Pause": _l("Paused a schedule"),
        "schedules.Resume": _l("Let a schedule go on"),
        "schedules.Run": _l("Ran a schedule now"),
    },
    in_shop=False,
)
