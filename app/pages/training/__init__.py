"""Training: REES46 slow, refusing or silent for a while, in a test shop whose box takes orders (docs/stage.md)."""

from flask_babel import lazy_gettext as _l

from app.web.page import Page

page = Page(
    "training",
    __name__,
    title=_l("Training"),
    icon="drama",
    section="settings",
    place=80,
    act_labels={
        "training.End": _l("Ended a training"),
        "training.Start": _l("Let REES46 go wrong for a training"),
    },
)
