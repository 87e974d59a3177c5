"""Links: long URLs become short ones, with tags and QR codes; a ledger of all that live, and until when."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, MARKETERS, Action, Page

page = Page(
    "links",
    __name__,
    title=_l("Short links"),
    icon="link",
    section="marketing",
    place=30,
    menu_of=MARKETERS,
    sees=EVERYONE,
    acts=MARKETERS,
    palette=[Action("shorten", _l("Shorten links"), icon="link")],
    act_labels={
        "links.AddTemplate": _l("Added a UTM template"),
        "links.Batch": _l("Created many short links"),
        "links.Create": _l("Shortened links"),
        "links.DeleteTemplate": _l("Deleted a UTM template"),
        "links.EditTemplate": _l("Changed a UTM template"),
    },
)
