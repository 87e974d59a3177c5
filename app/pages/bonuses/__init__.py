"""Bonuses of a customer for events: giving some with a reason, taking them back, and the certificates they own."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, STAFF, Page

page = Page(
    "bonuses",
    __name__,
    title=_l("Bonuses and certificates"),
    icon="gift",
    sees=EVERYONE,
    acts=STAFF,
    act_labels={
        "loyalty_bonuses.Cancel": _l("Took bonuses back"),
        "loyalty_bonuses.Reward": _l("Gave bonuses"),
    },
)
