"""What an act of the audit trail is called in people's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from flask import Flask
    from flask_babel.speaklater import LazyString

ACT_LABELS: dict[str, LazyString] = {
    "account.Password": _l("Changed their password"),
    "bonuses.Import": _l("Imported bonuses"),
    "categories.Import": _l("Replaced the tree of categories"),
    "categories.Remove": _l("Deleted categories"),
    "categories.Update": _l("Changed categories"),
    "chats.Save": _l("Kept a chat"),
    "communications.Edit": _l("Edited a communication"),
    "communications.Save": _l("Logged a communication"),
    "legacy.Disable": _l("Took products out of stock at once"),
    "legacy.GenerateSsid": _l("Registered a device"),
    "legacy.SyncOrders": _l("Synchronised orders"),
    "deliveries.Clicked": _l("Reported a click on a message"),
    "deliveries.Closed": _l("Reported that a message was closed"),
    "deliveries.Opened": _l("Reported that a message was opened"),
    "deliveries.Received": _l("Reported that a message arrived"),
    "events.Custom": _l("Reported an event of the shop's own"),
    "events.Track": _l("Reported an event"),
    "imports.Audience": _l("Imported people"),
    "imports.Run": _l("Let an import run"),
    "imports.Stop": _l("Stopped an import"),
    "imports.Suppressed": _l("Imported suppressed addresses"),
    "links.Create": _l("Shortened links"),
    "locations.Import": _l("Imported locations"),
    "messages.Multi": _l("Sent a multi-channel message"),
    "messages.Sms": _l("Sent an SMS"),
    "orders.Sync": _l("Synchronised orders"),
    "nps.Create": _l("Saved a review"),
    "people.Add": _l("Added a person"),
    "people.Edit": _l("Changed a person"),
    "people.NewPassword": _l("Made a new password"),
    "products.Put": _l("Imported products"),
    "products.Remove": _l("Took products out of stock"),
    "products.Sync": _l("Said which products are in stock"),
    "profile.ForceChangeEmail": _l("Forced a change of e-mail"),
    "profile.ForceChangeId": _l("Forced a change of the shop's own ID"),
    "profile.ForceChangePhone": _l("Forced a change of phone number"),
    "profile.Purge": _l("Made a customer nameless"),
    "profile.Set": _l("Changed a profile"),
    "promo_codes.Delete": _l("Deleted promo codes"),
    "promo_codes.Fetch": _l("Handed out a promo code"),
    "promo_codes.Purge": _l("Threw away the rest of a promo list"),
    "promo_codes.Upload": _l("Uploaded promo codes"),
    "push_tokens.Add": _l("Registered a push token"),
    "segments.Add": _l("Added to a segment"),
    "segments.Name": _l("Named a segment"),
    "segments.Remove": _l("Removed from a segment"),
    "sessions.Init": _l("Started a session"),
    "shops.Add": _l("Added a shop"),
    "shops.Edit": _l("Changed a shop"),
    "subscriptions.Callback": _l("Reported what a mail server said"),
    "subscriptions.Export": _l("Downloaded subscription changes"),
    "subscriptions.Manage": _l("Changed subscriptions"),
    "triggers.SubscribeToBackInStock": _l("Asked to be told of a return into stock"),
    "triggers.SubscribeToPriceDrop": _l("Asked to be told of a lower price"),
    "triggers.UnsubscribeFromBackInStock": _l("Stopped waiting for a return into stock"),
    "triggers.UnsubscribeFromPriceDrop": _l("Stopped waiting for a lower price"),
    "links.AddTemplate": _l("Added a UTM template"),
    "links.DeleteTemplate": _l("Deleted a UTM template"),
    "links.EditTemplate": _l("Changed a UTM template"),
    "communications.AddWord": _l("Added a word to a managed list"),
    "communications.ChangeWord": _l("Changed a managed list"),
    "messages.AddCampaign": _l("Added a campaign"),
    "messages.AddRecipient": _l("Put somebody on the allow-list"),
    "messages.EditCampaign": _l("Changed a campaign"),
    "messages.RemoveRecipient": _l("Took somebody off the allow-list"),
    "messages.Settle": _l("Settled a message"),
    "promo_codes.KeepCode": _l("Wrote down a promo code"),
    "promo_codes.Settle": _l("Settled a promo code"),
    "trail.Settle": _l("Settled an act"),
    "promo_codes.Warn": _l("Set when a promo list is low"),
}


def init_app(app: Flask) -> None:
    app.add_template_filter(act_label)


def act_label(what: str) -> str:
    """Say an act in words; one without words keeps its name."""
    return str(ACT_LABELS.get(what, what))
