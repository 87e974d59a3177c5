"""What a push message looks like on its way to a device. Source: reference 000, "Sending mobile push notifications"."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue

    from app.engine.store.messages import Message

Payload = dict[str, "JsonValue"]
LONGEST_BADGE = 4  # digits


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
    alert: Payload = {"title": parts["title"], "subtitle": parts.get("subtitle", ""), "body": parts["body"]}
    alert["badge"] = _badge(parts)
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
    payload |= {name: parts[name] for name in ("icon", "url", "image", "actions", "action_urls") if parts.get(name)}
    if event := _event(parts):
        payload["event"] = json.dumps(event, ensure_ascii=False)
    return payload


def _event(parts: dict[str, str]) -> Payload:
    """Say what a click opens: a web page, a category, a product, or something of the app's own."""
    if not parts.get("event"):
        return {}
    event: Payload = {"type": parts["event"], "uri": parts.get("uri", "")}
    return event | {"payload": _own(parts.get("payload", ""))} if parts["event"] == "custom" else event


def _badge(parts: dict[str, str]) -> int:
    """Say what stands on the app's icon: 1, unless the template says otherwise; 0 clears it."""
    badge = parts.get("badge", "").strip()
    return int(badge) if badge.isdecimal() and len(badge) <= LONGEST_BADGE else 1


def _own(text: str) -> Payload:
    """Read what a custom event carries for the app; what is no JSON object carries nothing."""
    try:
        said = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
