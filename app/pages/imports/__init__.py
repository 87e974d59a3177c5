"""Imports: bringing a file of customers, or of addresses never to be written to again."""

from flask_babel import lazy_gettext as _l

from app.web.page import ADMIN, MARKETERS, STAFF, Action, Page

page = Page(
    "imports",
    __name__,
    title=_l("Imports"),
    icon="file-up",
    section="marketing",
    place=10,
    menu_of=ADMIN | MARKETERS,
    sees=STAFF,
    acts=MARKETERS,
    palette=[Action("new", _l("Import people from a file"), icon="file-up")],
    act_labels={
        "imports.Audience": _l("Imported people"),
        "imports.Resume": _l("Let a stopped import go on"),
        "imports.Run": _l("Let an import run"),
        "imports.Stop": _l("Stopped an import"),
        "imports.Suppressed": _l("Imported suppressed addresses"),
    },
)
