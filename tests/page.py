"""A person at the desk, for tests: opens pages, presses buttons, reads what stands there.

Every page that is fetched is held to what must be true of all pages, see `invariants`.
"""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from tests.tab import inside

SECRETS = ("demo-secret", "test-secret", "argon2id")
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class Page:
    """What came back, as a person sees it."""

    def __init__(self, visitor, answer):
        self.visitor = visitor
        self.answer = answer
        self.status = answer.status_code
        self.html = answer.get_data(as_text=True)
        self.dom = BeautifulSoup(self.html, "html.parser")
        self.full_path = answer.request.path
        self.path = inside(self.full_path)
        self.is_html = answer.mimetype == "text/html"

    @property
    def h1(self):
        return text_of(self.dom.h1)

    @property
    def text(self):
        """All visible words, white space folded."""
        return text_of(self.dom.find("main") or self.dom)

    @property
    def messages(self):
        return text_of(self.dom.find(id="messages"))

    @property
    def errors(self):
        """The words of every error on the page's forms."""
        found = self.dom.select(".field-error, [role=alert]")
        return [text_of(one) for one in found]

    def row(self, words):
        """The cells of the first table row that holds the words."""
        for row in self.dom.select("tr"):
            if words in text_of(row):
                return [text_of(cell) for cell in row.find_all(["th", "td"])]
        raise AssertionError(f"no row with {words!r} on {self.path}: {self.text[:2000]}")

    def rows(self, table="table"):
        """The cells of all rows of a table's body."""
        return [[text_of(cell) for cell in row.find_all(["th", "td"])] for row in self.dom.select(f"{table} tbody tr")]

    def form(self, button, within=None):
        """The form that has a button with these words."""
        area = self.dom.select_one(within) if within else self.dom
        for form in area.find_all("form"):
            for one in form.find_all(["button", "input"]):
                if button in (text_of(one), one.get("value"), one.get("aria-label")):
                    return form, one
        buttons = sorted({text_of(one) for one in area.find_all("button")})
        raise AssertionError(f"no button {button!r} on {self.path}; there are {buttons}")

    def press(self, button, within=None, **fields):
        """Fill the form of a button and press it; gives the page one ends up on."""
        form, pressed = self.form(button, within)
        data = filled(form) | {name: value for name, value in fields.items() if value is not None}
        if pressed.get("name"):
            data[pressed["name"]] = pressed.get("value", "")
        unknown = set(fields) - {one.get("name") for one in form.find_all(["input", "select", "textarea", "button"])}
        assert not unknown, f"the form of {button!r} has no field {unknown}"
        action = pressed.get("formaction") or form.get("action") or self.full_path
        if (pressed.get("formmethod") or form.get("method", "get")).lower() == "get":
            return self.visitor.get(action, query_string=data)
        return self.visitor.post(action, data)

    def link(self, words, within=None):
        """Where the link with these words leads."""
        area = self.dom.select_one(within) if within else self.dom
        for one in area.find_all("a"):
            if words in (text_of(one), one.get("aria-label")):
                return one["href"]
        raise AssertionError(f"no link {words!r} on {self.path}: {[text_of(one) for one in area.find_all('a')]}")

    def follow(self, words, within=None):
        return self.visitor.get(self.link(words, within))

    def panel(self, panel_id):
        """Load a panel as htmx does."""
        body = self.dom.find(id=f"{panel_id}-body") or self.dom.find(id=panel_id)
        url = body.get("hx-get")
        return self.visitor.htmx(url, target=f"{body.name}#{body.get('id')}")


class Visitor:
    """A signed-in person with a browser without JavaScript (and with htmx, when asked)."""

    def __init__(self, client):
        self.client = client
        self._tokens = {}  # by what the session keeps: it stays good until somebody signs in or out

    def get(self, path, **more):
        return self._seen(self.client.get(path, follow_redirects=True, **more))

    def post(self, path, data=None, **more):
        """Send a form; a CSRF token is taken from a page when the data has none."""
        data = {} if data is None else dict(data)
        if "csrf_token" not in data:
            data["csrf_token"] = self.token()
        kind = "multipart/form-data" if any(is_file(value) for value in data.values()) else None
        answer = self.client.post(path, data=data, content_type=kind, follow_redirects=True, **more)
        return self._seen(answer)

    def htmx(self, path, data=None, target="main#main"):
        """Ask as htmx does: for a part of the page."""
        headers = {"HX-Request": "true", "HX-Target": target, "HX-Current-URL": "http://localhost/"}
        if data is None:
            return self._seen(self.client.get(path, headers=headers), whole=False)
        data = {"csrf_token": self.token(), **data}
        return self._seen(self.client.post(path, data=data, headers=headers), whole=False)

    def cookies(self):
        return self.client._cookies.values()

    def token(self):
        with self.client.session_transaction() as session:
            kept = session.get("csrf_token")
        if kept is None or kept not in self._tokens:
            found = TOKEN.search(self.client.get("/account/").get_data(as_text=True))
            with self.client.session_transaction() as session:
                kept = session.get("csrf_token")
            self._tokens[kept] = found[1] if found else ""
        return self._tokens[kept]

    def _seen(self, answer, *, whole=True):
        page = Page(self, answer)
        if page.is_html and page.html:
            invariants(page, whole=whole and "<html" in page.html)
        return page


def sign_in(client, email, password):
    visitor = Visitor(client)
    visitor.get("/account/sign-in").press("Sign in", email=email, password=password)
    return visitor


def invariants(page, *, whole):
    """What must be true of every page."""
    dom, where = page.dom, page.path
    for secret in SECRETS:
        assert secret not in page.html, f"a secret stands on {where}"
    ids = [one["id"] for one in dom.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"ids twice on {where}: {sorted({one for one in ids if ids.count(one) > 1})}"
    assert not dom.find_all(style=True), f"inline style on {where}: {dom.find(style=True)}"
    assert not dom.find_all("style"), f"style element on {where}"
    for one in dom.find_all(True):
        events = [name for name in one.attrs if name.startswith(("on", "hx-on"))]
        assert not events, f"inline script on {where}: {events}"
    for script in dom.find_all("script"):
        assert script.get("src") or script.get("type") == "application/json", f"inline script on {where}"
    for form in dom.find_all("form"):
        if form.get("method", "get").lower() == "post":
            assert form.find("input", {"name": "csrf_token"}), f"no CSRF token in {form.get('action')} on {where}"
    for one in dom.find_all(["input", "select", "textarea"]):
        assert is_labelled(dom, one), f"no label for {one.get('name')} on {where}: {one}"
    if whole:
        assert len(dom.find_all("h1")) == 1, f"{len(dom.find_all('h1'))} h1 on {where}"
        assert dom.html.get("lang"), f"no language on {where}"
        assert text_of(dom.title), f"no title on {where}"
        assert "@" not in text_of(dom.title), f"an address in the title of {where}"
    assert "@" not in urlsplit(page.answer.request.url).query, f"an address in the URL of {where}"


def is_labelled(dom, one):
    if one.get("type") in UNLABELLED or one.get("aria-label") or one.get("aria-labelledby"):
        return True
    return bool(one.find_parent("label") or (one.get("id") and dom.find("label", {"for": one["id"]})))


def filled(form):
    """What a browser would send: the values as they stand."""
    data = {}
    for one in form.find_all("input"):
        kind = one.get("type", "text")
        if not one.get("name") or kind in {"submit", "button", "file", "image"} or one.has_attr("disabled"):
            continue
        if kind in {"checkbox", "radio"}:
            if one.has_attr("checked"):
                put(data, one["name"], one.get("value", "on"))
            continue
        put(data, one["name"], one.get("value", ""))
    for one in form.find_all("textarea"):
        data[one["name"]] = one.get_text().replace("\r\n", "\n").removeprefix("\n")
    for one in form.find_all("select"):
        chosen = one.find_all("option", selected=True) or one.find_all("option")[:1]
        values = [option.get("value", text_of(option)) for option in chosen]
        data[one["name"]] = values if one.has_attr("multiple") else (values or [""])[0]
    return data


def put(data, name, value):
    """Several fields of one name are sent one after the other."""
    data[name] = value if name not in data else [*(data[name] if isinstance(data[name], list) else [data[name]]), value]


def is_file(value):
    return isinstance(value, tuple) and isinstance(value[0], BytesIO)


def upload(content, name="people.csv"):
    """A file to put into a file field."""
    return (BytesIO(content if isinstance(content, bytes) else content.encode()), name)


def text_of(one):
    return " ".join(one.get_text(" ").split()) if one else ""
