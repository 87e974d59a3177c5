"""NPS: the score with its buckets, by channel and category, over the days, and detractors who wait for an answer."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Action, Page

page = Page(
    "nps",
    __name__,
    title=_l("NPS"),
    icon="chart-line",
    section="customers",
    place=60,
    sees=EVERYONE,
    acts=STAFF,
    palette=[Action("add", _l("Save an NPS review"), icon="chart-line")],
    act_labels={
        "nps.Create": _l("Saved an NPS review"),
        "nps.FollowUp": _l("Followed up an NPS review"),
    },
)
