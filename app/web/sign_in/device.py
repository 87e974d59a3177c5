"""What a browser calls itself (User-Agent), in two words that a person knows their own devices by."""

from __future__ import annotations

import re

from flask_babel import gettext as _

# The first that fits: browsers also name those whose pages they want to be given.
BROWSERS = {
    "Edg": "Edge",
    "OPR/|Opera": "Opera",
    "YaBrowser": "Yandex Browser",
    "SamsungBrowser": "Samsung Internet",
    "Vivaldi": "Vivaldi",
    "Firefox|FxiOS": "Firefox",
    "Chrome|CriOS|Chromium": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone|iPod": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Macintosh|Mac OS X": "Mac",
    "Linux|X11": "Linux",
}


def device_name(user_agent: str) -> str:
    """Name browser and system, such as "Firefox, Windows"."""
    names = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(filter(None, names)) or _("Unknown device")


def _first(patterns: dict[str, str], user_agent: str) -> str:
    return next((name for pattern, name in patterns.items() if re.search(pattern, user_agent, re.IGNORECASE)), "")
