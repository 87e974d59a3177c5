"""Orders: found by their number, brought from a file with all that is in them, or with their statuses alone."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, MARKETERS, Action, Page

page = Page(
    "orders",
    __name__,
    title=_l("Orders"),
    icon="shopping-bag",
    section="customers",
    place=40,
    sees=EVERYONE,
    acts=MARKETERS,
    palette=[
        Action("index", _l("Find an order by its number"), icon="shopping-bag"),
        Action("new", _l("Import orders or their statuses"), icon="file-up"),
    ],
    act_labels={
        "orders.Import": _l("Imported orders"),
        "orders.Statuses": _l("Brought statuses of orders up to date"),
        "orders.Sync": _l("Sent a part of orders"),
    },
)
