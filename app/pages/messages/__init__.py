"""Messages: test SMS and multi-channel messages, the campaigns they belong to, and who may get them."""

from flask_babel import lazy_gettext as _l

from app.web.page import ALL_ROLES, EVERYONE, STAFF, Action, Page

page = Page(
    "messages",
    __name__,
    title=_l("Messages"),
    icon="send",
    section="marketing",
    place=40,
    menu_of=ALL_ROLES,
    sees=EVERYONE,
    acts=STAFF,
    palette=[
        Action("write", _l("Send a test message"), icon="send"),
        Action("push", _l("Build a push and look at it"), icon="smartphone"),
    ],
    act_labels={
        "deliveries.Closed": _l("Said that a push was closed"),
        "deliveries.Opened": _l("Said that a push was opened"),
        "deliveries.Received": _l("Said that a push arrived"),
        "messages.AddCampaign": _l("Added a campaign"),
        "messages.AddRecipient": _l("Put somebody on the allow-list"),
        "messages.EditCampaign": _l("Changed a campaign"),
        "messages.Multi": _l("Sent a multi-channel message"),
        "messages.RemoveRecipient": _l("Took somebody off the allow-list"),
        "messages.Settle": _l("Settled a message"),
        "messages.Sms": _l("Sent an SMS"),
        "messages.Transact": _l("Sent a transactional message"),
    },
)
