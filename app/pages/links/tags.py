"""UTM tags on URLs. What a URL says itself stays; nothing else of it is touched."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlsplit

from app.web.cells.tidying import trimmed

WEB = ("http", "https")
BARE = re.compile(r"[a-z0-9а-яё-]+(\.[a-z0-9а-яё-]+)*\.[a-zа-яё]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE)


def whole(text: str) -> str:
    """Give the URL that was meant: `example.com/page` gets its https://."""
    text = trimmed(text)
    return f"https://{text}" if BARE.fullmatch(text) else text


def tagged(url: str, tags: dict[str, str]) -> str:
    """Put `utm_…` tags on a URL of the web, before its #; deep links into apps stay as they are."""
    if not tags or url.partition(":")[0].lower() not in WEB:
        return url
    page, mark, part = url.partition("#")
    path, _question, query = page.partition("?")
    present = {name.lower() for name, _value in parse_qsl(query, keep_blank_values=True)}
    new = [f"utm_{name}={quote(value, safe='')}" for name, value in tags.items() if f"utm_{name}" not in present]
    parts = [part for part in (query.rstrip("&"), *new) if part]
    return f"{path}{'?' if parts else ''}{'&'.join(parts)}{mark}{part}"


def campaign_of(url: str) -> str | None:
    """Read the campaign that a URL names."""
    try:
        said = dict(parse_qsl(urlsplit(url).query))
    except ValueError:
        return None
    return said.get("utm_campaign", "")[:255] or None
