"""Bonuses of a customer for events: giving some with a reason, taking them back; and certificates, made and stopped."""

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
        "loyalty_certificates.Activate": _l("Activated a certificate"),
        "loyalty_certificates.Block": _l("Blocked a certificate"),
        "loyalty_certificates.Create": _l("Made a certificate"),
        "loyalty_certificates.Deactivate": _l("Ended a certificate for ever"),
        "loyalty_certificates.Unblock": _l("Unblocked a certificate"),
    },
)
