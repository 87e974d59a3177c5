"""Demand: who waits for products to return or to cost less, what is most wanted, and what to buy."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, MARKETERS, STAFF, Action, Page

page = Page(
    "waiting",
    __name__,
    title=_l("Waiting lists"),
    icon="clock",
    section="catalogue",
    place=30,
    menu_of=MARKETERS,
    sees=EVERYONE,
    acts=STAFF,
    palette=[Action("add", _l("Let a customer wait for a product"), icon="clock")],
    act_labels={
        "triggers.SubscribeToBackInStock": _l("Let somebody wait for a product"),
        "triggers.SubscribeToPriceDrop": _l("Let somebody wait for a lower price"),
        "triggers.UnsubscribeFromBackInStock": _l("Took somebody off a waiting list"),
        "triggers.UnsubscribeFromPriceDrop": _l("Took somebody off a list for lower prices"),
    },
)
