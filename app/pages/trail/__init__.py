"""Trail: who did what to whom, before and after, and how it ended – also what was refused and what nobody knows."""

from flask_babel import lazy_gettext as _l

from app.web.page import ADMIN, EVERYONE, STAFF, SUPPORT, VIEWERS, Page

page = Page(
    "trail",
    __name__,
    title=_l("Audit trail"),
    icon="history",
    section="records",
    place=10,
    menu_of=ADMIN | SUPPORT | VIEWERS,
    sees=EVERYONE,
    acts=STAFF,
    act_labels={
        "trail.Settle": _l("Settled an act"),
        "access.Refused": _l("Was refused a page by role"),
        "exports.Table": _l("Took a list away as a file"),
    },
)
