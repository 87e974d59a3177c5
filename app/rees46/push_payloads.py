"""What a push message looks like on its way to a device, of which the box sends it and the desk shows it.

Source: reference 000, "Sending mobile push notifications".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

Payload = dict[str, "JsonValue"]
LONGEST_BADGE = 4  # digits


def payloads(channel: str, parts: Mapping[str, str], kind: str, code: str) -> dict[str, Payload]:
    """Give the payload for each kind of device that the message may go to; `code` is what REES46 calls the message."""
    source: Payload = {"type": kind, "id": code}
    if channel == "web_push":
        return {"Web": _web(parts) | source}
    if channel == "mobile_push":
        return {"iOS": _ios(parts) | {"src": source}, "Android": _android(parts, source)}
    return {}


def _web(parts: Mapping[str, str]) -> Payload:
    """Browsers are told where a click leads, and under which code to report it."""
    return {name: parts[name] for name in ("title", "body", "icon", "url") if parts.get(name)}


def _ios(parts: Mapping[str, str]) -> Payload:
    """Apple's envelope; `src` beside it says which message of which kind it was."""
    alert: Payload = {
        "title": parts.get("title", ""),
        "subtitle": parts.get("subtitle", ""),
        "body": parts.get("body", ""),
        "badge": _badge(parts),
    }
    payload: Payload = {"aps": {"alert": alert, "mutable-content": 1}}
    if parts.get("image"):
        payload["image_url"] = parts["image"]
    if event := _event(parts):
        payload["event"] = event
    return payload


def _android(parts: Mapping[str, str], source: Payload) -> Payload:
    """A flat object of texts; what is nested travels as JSON text."""
    payload: Payload = {"title": parts.get("title", ""), "body": parts.get("body", ""), **source}
    payload |= {name: parts[name] for name in ("icon", "url", "image", "actions", "action_urls") if parts.get(name)}
    if event := _event(parts):
        payload["event"] = json.dumps(event, ensure_ascii=False)
    return payload


def _event(parts: Mapping[str, str]) -> Payload:
    """Say what a click opens: a web page, a category, a product, or something of the app's own."""
    if not parts.get("event"):
        return {}
    event: Payload = {"type": parts["event"], "uri": parts.get("uri", "")}
    return event | {"payload": _own(parts.get("payload", ""))} if parts["event"] == "custom" else event


def _badge(parts: Mapping[str, str]) -> int:
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
