"""What a push message looks like on its way to a device. Source: reference 000, "Sending mobile push notifications"."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue

    from app.engine.store.messages import Message

Payload = dict[str, "JsonValue"]


def payloads(message: Message) -> dict[str, Payload]:
    """Give the payload for each kind of device that the message may go to."""
    if message.channel == "web_push":
        return {"Web": web(message)}
    if message.channel == "mobile_push":
        return {"iOS": ios(message), "Android": android(message)}
    return {}


def web(message: Message) -> Payload:
    """Browsers are told where a click leads, and under which code to report it."""
    parts = message.parts
    shown: Payload = {name: parts[name] for name in ("title", "body", "icon", "url") if parts.get(name)}
    return shown | {"type": message.kind, "id": message.code}


def ios(message: Message) -> Payload:
    """Apple's envelope; `src` says which message of which kind it was."""
    parts = message.parts
    alert: Payload = {"title": parts["title"], "subtitle": parts.get("subtitle", ""), "body": parts["body"], "badge": 1}
    payload: Payload = {"aps": {"alert": alert, "mutable-content": 1}}
    if parts.get("image"):
        payload["image_url"] = parts["image"]
    if event := _event(parts):
        payload["event"] = event
    return payload | {"src": {"type": message.kind, "id": message.code}}


def android(message: Message) -> Payload:
    """A flat object of texts; what is nested travels as JSON text."""
    parts = message.parts
    payload: Payload = {"title": parts["title"], "body": parts["body"], "type": message.kind, "id": message.code}
    payload |= {name: parts[name] for name in ("icon", "url", "image") if parts.get(name)}
    if event := _event(parts):
        payload["event"] = json.dumps(event, ensure_ascii=False)
    return payload


def _event(parts: dict[str, str]) -> Payload:
    """Say what a click opens: a web page, a category, a product, or something of the app's own."""
    if not parts.get("event"):
        return {}
    event: Payload = {"type": parts["event"], "uri": parts.get("uri", "")}
    return event | {"payload": {}} if parts["event"] == "custom" else event
