"""A person at the desk, for tests: opens pages, presses buttons, reads what stands there.

Every page that is fetched is held to what must be true of all pages, see `invariants`. It is read by lxml, which takes
a millisecond; BeautifulSoup, which takes 20, reads it only for tests that look into its `dom`.
"""

from __future__ import annotations

import re
from functools import cached_property
from io import BytesIO
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from lxml import etree, html

from tests.addresses import answers, unanswered
from tests.tab import inside

SECRETS = ("demo-secret", "test-secret", "argon2id")
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
# Elements of one class: lxml.html would ask in Python which one each is of.
PARSER = html.HTMLParser(encoding="utf-8", huge_tree=True)
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment))
FIELDS = ("input", "select", "textarea")
WORDS = etree.XPath("descendant::text()[not(ancestor::script or ancestor::style or ancestor::template)]")
# A browser reads `disabled="[]"` as disabled.
SWITCHES = etree.XPath(
    "//@*[contains(' disabled checked selected required readonly ', concat(' ', name(), ' '))][. != '' and . != name()]"
)
EVENTS = etree.XPath("//*/@*[starts-with(name(), 'on') or starts-with(name(), 'hx-on')]")
IDS, STYLES, LABELLED = etree.XPath("//@id"), etree.XPath("//style | //*[@style]"), etree.XPath("//label/@for")
# Fields that neither lie in a label nor name themselves: a label must name each.
TO_LABEL = etree.XPath(
    "(//select | //textarea | //input[not(contains('|hidden|submit|button|image|reset|', concat('|', @type, '|')))"
    " or not(@type)])[not(@aria-label != '' or @aria-labelledby != '' or ancestor::label)]"
)
UNGUARDED = etree.XPath(
    "//form[translate(@method, 'POST', 'post') = 'post'][not(descendant::input[@name='csrf_token'])]"
)


class Page:
    """What came back, as a person sees it."""

    def __init__(self, visitor, answer):
        self.visitor = visitor
        self.answer = answer
        self.status = answer.status_code
        self.html = answer.get_data(as_text=True)
        self.full_path = answer.request.path
        self.path = inside(self.full_path)
        self.is_html = answer.mimetype == "text/html"

    @cached_property
    def tree(self):
        """The page as lxml has it."""
        return html.document_fromstring(self.html.encode() if self.html.strip() else b"<html></html>", PARSER)

    @cached_property
    def dom(self):
        """The page as BeautifulSoup has it."""
        return BeautifulSoup(self.html, "html.parser")

    @property
    def h1(self):
        return text_of(self.tree.find(".//h1"))

    @property
    def text(self):
        """All visible words, white space folded."""
        main = self.tree.find(".//main")
        return text_of(self.tree if main is None else main)

    @property
    def messages(self):
        return text_of(self.tree.get_element_by_id("messages", None))

    @property
    def errors(self):
        """The words of every error on the page's forms."""
        return [text_of(error) for error in self.tree.cssselect(".field-error, [role=alert]")]

    def row(self, words):
        """The cells of the first table row that holds the words."""
        for row in self.tree.iter("tr"):
            if words in text_of(row):
                return cells_of(row)
        raise AssertionError(f"no row with {words!r} on {self.path}: {self.text[:2000]}")

    def rows(self, table="table"):
        """The cells of all rows of a table's body."""
        rows = self.tree.cssselect(f"{table} tbody tr")
        return [cells_of(row) for row in rows]

    def column(self, head, table="table"):
        """The cells below a heading of the first table."""
        found = self.tree.cssselect(table)[0]
        place = cells_of(found.cssselect("thead tr")[0]).index(head)
        return [cells_of(row)[place] for row in found.cssselect("tbody tr")]

    def cell(self, words, head):
        """What stands below a heading, in the row that holds the words."""
        row = self.row(words)
        table = next(one for one in self.tree.iter("table") if words in text_of(one.find("tbody")))
        return row[cells_of(table.cssselect("thead tr")[0]).index(head)]

    def form(self, button, within=None):
        """The form that has a button with these words."""
        area = self._area(within)
        for form in area.iter("form"):
            for pressed in form.iter("button", "input"):
                if button in (text_of(pressed), pressed.get("value"), pressed.get("aria-label")):
                    return form, pressed
        buttons = sorted({text_of(other) for other in area.iter("button")})
        raise AssertionError(f"no button {button!r} on {self.path}; there are {buttons}")

    def _area(self, within):
        return self.tree.cssselect(within)[0] if within else self.tree

    def press(self, button, within=None, **fields):
        """Fill the form of a button and press it; gives the page one ends up on."""
        form, pressed = self.form(button, within)
        data = filled(form) | {name: value for name, value in fields.items() if value is not None}
        if pressed.get("name"):
            data[pressed.get("name")] = pressed.get("value", "")
        unknown = set(fields) - {field.get("name") for field in form.iter(*FIELDS, "button")}
        assert not unknown, f"the form of {button!r} has no field {unknown}"
        action = pressed.get("formaction") or form.get("action") or self.full_path
        if (pressed.get("formmethod") or form.get("method", "get")).lower() == "get":
            return self.visitor.get(action, query_string=data)
        return self.visitor.post(action, data)

    def link(self, words, within=None):
        """Where the link with these words leads."""
        links = list(self._area(within).iter("a"))
        for link in links:
            if words in (text_of(link), link.get("aria-label")):
                return link.attrib["href"]
        raise AssertionError(f"no link {words!r} on {self.path}: {[text_of(link) for link in links]}")

    def follow(self, words, within=None):
        return self.visitor.get(self.link(words, within))

    def panel(self, panel_id):
        """Load a panel as htmx does."""
        panel = self.tree.get_element_by_id(panel_id, None)
        body = self.tree.get_element_by_id(f"{panel_id}-body", panel)
        return self.visitor.htmx(body.get("hx-get"), target=f"{body.tag}#{body.get('id')}")


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
        for step in answer.history:
            led = step.headers["Location"]
            assert answers(self.client.application, step.request.path, "GET", led), (
                f"{step.request.path} leads to {led}"
            )
        if page.is_html and page.html:
            invariants(page, whole=whole and "<html" in page.html)
        return page


def sign_in(client, email, password):
    visitor = Visitor(client)
    visitor.get("/account/sign-in").press("Sign in", email=email, password=password)
    return visitor


def invariants(page, *, whole):
    """What must be true of every page."""
    tree, where = page.tree, page.path
    for secret in SECRETS:
        assert secret not in page.html, f"a secret stands on {where}"
    ids = IDS(tree)
    assert len(ids) == len(set(ids)), f"ids twice on {where}: {sorted({name for name in ids if ids.count(name) > 1})}"
    assert not STYLES(tree), f"inline style on {where}: {[html.tostring(element) for element in STYLES(tree)]}"
    assert not EVENTS(tree), f"inline script on {where}: {EVENTS(tree)}"
    assert not SWITCHES(tree), f"an attribute that is on whatever it says, on {where}: {SWITCHES(tree)}"
    for script in tree.iter("script"):
        assert script.get("src") or script.get("type") == "application/json", f"inline script on {where}"
    dead = unanswered(page.visitor.client.application, page.full_path, tree, whole=whole)
    assert not dead, f"nothing answers to {dead} on {where}"
    assert not UNGUARDED(tree), f"no CSRF token in {[form.get('action') for form in UNGUARDED(tree)]} on {where}"
    labelled = set(LABELLED(tree))
    for field in TO_LABEL(tree):
        assert field.get("id") in labelled, f"no label for {field.get('name')} on {where}: {html.tostring(field)}"
    if whole:
        headings = len(tree.xpath("//h1"))
        assert headings == 1, f"{headings} h1 on {where}"
        assert tree.get("lang"), f"no language on {where}"
        title = text_of(tree.find(".//title"))
        assert title, f"no title on {where}"
        assert "@" not in title, f"an address in the title of {where}"
    assert "@" not in urlsplit(page.answer.request.url).query, f"an address in the URL of {where}"


def filled(form):
    """What a browser would send: the values as they stand."""
    data = {}
    for field in form.iter("input"):
        kind = field.get("type", "text")
        if not field.get("name") or kind in {"submit", "button", "file", "image"} or "disabled" in field.attrib:
            continue
        if kind in {"checkbox", "radio"}:
            if "checked" in field.attrib:
                put(data, field.get("name"), field.get("value", "on"))
            continue
        put(data, field.get("name"), field.get("value", ""))
    for field in form.iter("textarea"):
        data[field.get("name")] = field.text_content().replace("\r\n", "\n").removeprefix("\n")
    for field in form.iter("select"):
        options = list(field.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        values = [option.get("value", text_of(option)) for option in chosen]
        data[field.get("name")] = values if "multiple" in field.attrib else (values or [""])[0]
    return data


def put(data, name, value):
    """Several fields of one name are sent one after the other."""
    data[name] = value if name not in data else [*(data[name] if isinstance(data[name], list) else [data[name]]), value]


def is_file(value):
    return isinstance(value, tuple) and isinstance(value[0], BytesIO)


def upload(content, name="people.csv"):
    """A file to put into a file field."""
    return (BytesIO(content if isinstance(content, bytes) else content.encode()), name)


def cells_of(row):
    """The words of a row; the box by which it is chosen has none."""
    return [text_of(cell) for cell in row.iter("th", "td") if cell.get("class") != "pick"]


def text_of(element):
    return "" if element is None else " ".join(" ".join(WORDS(element)).split())
