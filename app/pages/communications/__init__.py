"""Communications: what was said with a customer, logged, corrected, and kept beyond REES46's last twenty."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, SUPPORT, VIEWERS, Page

page = Page(
    "communications",
    __name__,
    title=_l("Communications"),
    icon="messages-square",
    section="customers",
    place=30,
    menu_of=SUPPORT | VIEWERS,
    sees=EVERYONE,
    acts=SUPPORT,
    act_labels={
        "communications.AddWord": _l("Added a word to a managed list"),
        "communications.ChangeWord": _l("Changed a managed list"),
        "communications.DropMacro": _l("Dropped a macro"),
        "communications.Edit": _l("Edited a communication"),
        "communications.Save": _l("Logged a communication"),
        "communications.SaveMacro": _l("Saved a macro"),
        "communications.UseMacro": _l("Used a macro"),
    },
)
