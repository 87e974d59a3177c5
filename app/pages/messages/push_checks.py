"""Looking at a push before anybody gets it: whether what a tap opens is there, and whether its picture can be seen."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask_babel import gettext as _

from app.rees46.categories import Tree
from app.rees46.network import is_public
from app.web import pictures
from app.web.catalogue import read_product
from app.web.messaging.pushes import odd_payload
from app.web.panels.standing import read_or
from app.web.rees46 import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.rees46.categories import Node

LONGEST_ID = 255
SHORTEST_ADDRESS = 2  # labels of a host that stands on the internet


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: right, wrong, or doubtful; with what was found."""

    what: str
    state: str
    words: str


def checks_of(parts: Mapping[str, str]) -> list[Check]:
    """Look at all of it; what could not be asked is doubtful."""
    found = [_texts(parts), _target(parts), _picture(parts), _payload(parts)]
    return [check for check in found if check]


def _texts(parts: Mapping[str, str]) -> Check:
    missing = [name for name, words in ((_("title"), parts.get("title")), (_("text"), parts.get("body"))) if not words]
    if missing:
        return Check(_("Words"), "wrong", _("Missing: %(names)s.", names=", ".join(missing)))
    return Check(_("Words"), "right", _("Title and text are there."))


def _target(parts: Mapping[str, str]) -> Check:
    event, uri = parts.get("event", ""), parts.get("uri", "")
    if event and not uri and event != "custom":
        return Check(_("Target"), "wrong", _("Nothing says what a tap opens."))
    look = TARGETS.get(event)
    state, words = look(uri) if look else ("right", _("A tap opens the app."))
    return Check(_("Target"), state, words)


def _product(item_id: str) -> tuple[str, str]:
    if len(item_id) > LONGEST_ID:
        return "wrong", _("An ID has at most %(most)s characters.", most=LONGEST_ID)
    product, failure = read_or(lambda: read_product(item_id), None)
    if failure:
        return "doubtful", failure["happened"]
    if product is None:
        return "wrong", _("REES46 knows no product %(id)s.", id=item_id)
    name = product.name or item_id
    if product.is_available is False:
        return "doubtful", _("%(name)s is out of stock.", name=name)
    return "right", name


def _category(category_id: str) -> tuple[str, str]:
    tree, failure = read_or(lambda: ask(Tree()), [])
    if failure:
        return "doubtful", failure["happened"]
    name = _named(tree, category_id)
    return ("right", name) if name else ("wrong", _("REES46 knows no category %(id)s.", id=category_id))


def _named(nodes: Iterable[Node], category_id: str) -> str | None:
    for node in nodes:
        if node.external_id == category_id:
            return node.name
        if name := _named(node.children, category_id):
            return name
    return None


def _page(url: str) -> tuple[str, str]:
    """Judge an address by its looks: opening it would count as a visit, and say nothing of phones."""
    if trouble := trouble_of_address(url):
        return "wrong", trouble
    if urlsplit(url).scheme == "http":
        return "doubtful", _("It is not encrypted: phones may refuse to open it.")
    return "right", _("It looks like a public page. It was not opened.")


def _custom(_uri: str) -> tuple[str, str]:
    return "right", _("The app decides what this opens; the desk cannot know.")


def trouble_of_address(url: str) -> str:
    """Say why an address is none that a phone could open; empty if nothing speaks against it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return _("This is no address.")
    if parts.scheme not in {"http", "https"} or not host or any(sign.isspace() for sign in url):
        return _("An address begins with https:// and has no blanks.")
    return "" if _is_on_the_internet(host) else _("This host is not on the internet.")


def _is_on_the_internet(host: str) -> bool:
    try:
        return is_public(str(ipaddress.ip_address(host)))
    except ValueError:
        labels = host.rstrip(".").split(".")
        return len(labels) >= SHORTEST_ADDRESS and labels[-1] not in {"local", "internal", "localhost"}


def _picture(parts: Mapping[str, str]) -> Check | None:
    """Fetch the picture as anybody on the internet would."""
    url = parts.get("image", "")
    if not url:
        return None
    if trouble := trouble_of_address(url):
        return Check(_("Picture"), "wrong", trouble)
    picture = pictures.read(url)
    if not picture.is_there:
        words = _("No picture can be fetched there: it is not public, no picture, or larger than 2 MB.")
        return Check(_("Picture"), "wrong", words)
    if picture.kind == pictures.DRAWN:
        return Check(_("Picture"), "doubtful", _("The box draws it: nothing on the internet was asked."))
    size = _("%(kilobytes)s kB, %(kind)s", kilobytes=max(1, round(len(picture.body) / 1000)), kind=picture.kind)
    return Check(_("Picture"), "right", size)


def _payload(parts: Mapping[str, str]) -> Check | None:
    said = parts.get("payload", "")
    if not said:
        return None
    trouble = odd_payload(said)
    if trouble:
        return Check(_("Payload"), "wrong", trouble)
    if parts.get("event") != "custom":
        return Check(_("Payload"), "doubtful", _("It is sent only when a tap opens something of the app's own."))
    return Check(_("Payload"), "right", _("It is an object."))


TARGETS: dict[str, Callable[[str], tuple[str, str]]] = {
    "product": _product,
    "category": _category,
    "web": _page,
    "custom": _custom,
}
