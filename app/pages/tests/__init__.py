"""The test matrix: what a campaign must say to whom, expected first, then tried, judged and signed off."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Action, Page

page = Page(
    "tests",
    __name__,
    title=_l("Test matrix"),
    icon="grid-3x3",
    section="marketing",
    place=45,
    sees=EVERYONE,
    acts=STAFF,
    palette=[Action("new", _l("Plan the test of a campaign"), icon="grid-3x3")],
    act_labels={
        "tests.AddPlan": _l("Planned the test of a campaign"),
        "tests.AddScenario": _l("Added a scenario to a test"),
        "tests.Clone": _l("Cloned the test of a campaign"),
        "tests.EditScenario": _l("Changed a scenario of a test"),
        "tests.Judge": _l("Judged a cell of a test"),
        "tests.RemoveScenario": _l("Removed a scenario from a test"),
        "tests.Run": _l("Ran the test of a campaign"),
        "tests.SignOff": _l("Signed a test off"),
    },
)
