"""Whether the addresses on a page answer to how the page asks for them: links, forms, buttons, and what htmx loads."""

from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

BY_HTMX = {"hx-get": "GET", "hx-post": "POST", "hx-put": "PUT", "hx-delete": "DELETE"}
WITH_ADDRESS = etree.XPath("//a[@href] | //form | //*[@formaction or @hx-get or @hx-post or @hx-put or @hx-delete]")
OWN = ("", "http://localhost", "http://127.0.0.1:8046")
MOUNTED = "/api"  # the box, which is no part of the desk


def asked_for(tree):
    """Each address of a page, with the method by which it is asked for."""
    for element in WITH_ADDRESS(tree):
        if element.tag == "a" and element.get("href"):
            yield "GET", element.get("href")
        elif element.tag == "form" and element.get("method") != "dialog":
            yield element.get("method", "get").upper(), element.get("action") or ""
        elif element.get("formaction"):
            form = next(element.iterancestors("form"), None)
            owner = tree.get_element_by_id(element.get("form"), None) if element.get("form") else form
            method = element.get("formmethod") or (owner.get("method") if owner is not None else None)
            yield (method or "get").upper(), element.get("formaction")
        for name, method in BY_HTMX.items():
            if element.get(name) is not None:
                yield method, element.get(name)


def answers(app, base, method, address):
    """Whether a view of the desk takes this; what leads elsewhere, or stays on the page, is none of its business."""
    return _answers(app, "" if address.startswith("/") else base, method, address)


@lru_cache(maxsize=8192)
def _answers(app, base, method, address):
    if address.startswith("#"):
        return True
    parts = urlsplit(urljoin(f"http://localhost{base}", address))
    if f"{parts.scheme}://{parts.netloc}" not in OWN or parts.path.startswith(MOUNTED):
        return True
    return _matches(app, method, unquote(parts.path))


def _matches(app, method, path):
    try:
        return bool(app.url_map.bind("localhost").match(path, method=method))
    except RequestRedirect:
        return method == "GET"
    except (MethodNotAllowed, NotFound):
        return False


def unanswered(app, base, tree, *, whole):
    """Addresses that nobody answers. A part of a page does not know whose relative addresses it has."""
    asked = set(asked_for(tree))
    return sorted(
        f"{method} {address}"
        for method, address in asked
        if (whole or address.startswith("/")) and not answers(app, base, method, address)
    )
