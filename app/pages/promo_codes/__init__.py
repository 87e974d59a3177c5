"""Promo codes: lists and what is left in them, new codes into a list, and handing one out."""

from flask_babel import lazy_gettext as _l

from app.web.page import ALL_ROLES, EVERYONE, STAFF, Action, Page

page = Page(
    "promo_codes",
    __name__,
    title=_l("Promo codes"),
    icon="ticket-percent",
    section="marketing",
    place=20,
    menu_of=ALL_ROLES,
    sees=EVERYONE,
    acts=STAFF,
    palette=[Action("generate", _l("Generate promo codes"), icon="ticket-percent")],
    act_labels={
        "promo_codes.Batch": _l("Uploaded a batch of promo codes"),
        "promo_codes.Fetch": _l("Handed out a promo code"),
        "promo_codes.KeepCode": _l("Wrote down a promo code"),
        "promo_codes.Settle": _l("Settled a promo code"),
        "promo_codes.Upload": _l("Uploaded promo codes"),
        "promo_codes.Warn": _l("Set when a promo list is low"),
    },
)
