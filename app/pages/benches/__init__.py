"""Test benches: search and recommendations tried as a customer sees them, and what is expected of them asked again."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, MARKETERS, Action, Page

page = Page(
    "benches",
    __name__,
    title=_l("Test benches"),
    icon="flask-conical",
    section="catalogue",
    place=60,
    sees=EVERYONE,
    acts=MARKETERS,
    palette=[
        Action("golden", _l("Run the golden queries"), icon="play"),
        Action("recommend", _l("Try a block of recommendations"), icon="shapes"),
    ],
    act_labels={
        "benches.AddPersona": _l("Added a persona of the test benches"),
        "benches.DropBlock": _l("Dropped a block of recommendations from the register"),
        "benches.DropCase": _l("Dropped a case of a test bench"),
        "benches.DropPersona": _l("Dropped a persona of the test benches"),
        "benches.JudgeStep": _l("Judged a step of a trigger story"),
        "benches.KeepBlock": _l("Wrote down what a block of recommendations needs"),
        "benches.KeepCase": _l("Kept a case of a test bench"),
        "benches.Run": _l("Ran a test bench"),
    },
)
