"""Jobs: long work of the shop, how far it is, and letting it rest, go on or end."""

from flask_babel import lazy_gettext as _l

from app.web.page import ADMIN, EVERYONE, STAFF, Page

page = Page(
    "jobs",
    __name__,
    title=_l("Jobs"),
    icon="hourglass",
    section="records",
    place=5,
    menu_of=ADMIN | STAFF,
    sees=EVERYONE,
    acts=STAFF,
    act_labels={
        "jobs.Cancel": _l("Cancelled a job"),
        "jobs.Pause": _l("Paused a job"),
        "jobs.Undo": _l("Took back a job before it began"),
        "jobs.Resume": _l("Let a job go on"),
    },
)
