"""Events: the register of the shop's own, and a tracker that sends any event for a private device."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, MARKETERS, Action, Page

page = Page(
    "events",
    __name__,
    title=_l("Events"),
    icon="radio",
    section="marketing",
    place=60,
    sees=EVERYONE,
    acts=MARKETERS,
    palette=[
        Action("try_event", _l("Send a test event"), icon="radio"),
        Action("script", _l("Send a script of test events"), icon="list-ordered"),
    ],
    act_labels={
        "deliveries.Clicked": _l("Sent a test event: push clicked"),
        "events.Custom": _l("Sent a test event of the shop's own"),
        "events.DropCustom": _l("Took an event off the register"),
        "events.KeepCustom": _l("Wrote an event into the register"),
        "events.Track": _l("Sent a test event"),
        "sessions.Init": _l("Made a test device"),
    },
)
