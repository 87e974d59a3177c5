"""The doctor: what is wrong with this installation, and what to do about it; and what was done with it."""

from flask_babel import lazy_gettext as _l

from app.web.page import Page

page = Page(
    "doctor",
    __name__,
    title=_l("Doctor"),
    icon="heart-pulse",
    section="settings",
    place=64,
    act_labels={
        "upkeep.Backup": _l("Backed up"),
        "upkeep.ReEncrypt": _l("Encrypted anew"),
        "upkeep.Restore": _l("Restored a backup"),
        "upkeep.Upgrade": _l("Upgraded Desk46"),
        "upkeep.Undo": _l("Undid an upgrade"),
        "doctor.Dismiss": _l("Dismissed the first steps"),
    },
    in_shop=False,
)
