"""Debian's WebKit, driven by its own WebDriver, in those of Playwright's words that tests for any browser use.

Playwright drives only a WebKit of its own making. What is clicked, typed and scrolled here is so by WebKit itself.
"""

import os
import re
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from playwright import sync_api as playwright

from tests.browser.webdriver import KEYS, Failed, Session
from tests.serving import answers, free_port

MINI_BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
PATIENCE = 20  # seconds, as `expect` in Chromium
FIND = (Path(__file__).parent / "find.js").read_text()


@contextmanager
def driven():
    """Start WebKit on a screen that nobody sees, and end both."""
    port = free_port()
    with subprocess.Popen(
        ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1200x24", "WebKitWebDriver", f"--port={port}"],
        start_new_session=True,
    ) as driver:
        try:
            wait_until(lambda: answers(port), "WebKitWebDriver")
            browser = WebKit(port)
            yield browser
            browser.session.end()
        finally:
            os.killpg(driver.pid, signal.SIGTERM)


class WebKit:
    """A browser of one window; what a test opens is its context, page, keyboard and mouse."""

    def __init__(self, port):
        started = {"binary": str(MINI_BROWSERS[-1]), "args": ["--automation"]}
        self.session = Session(f"http://127.0.0.1:{port}", {"webkitgtk:browserOptions": started})
        self.keyboard = self.mouse = self.context = self.browser = self.browser_type = self
        self.name = "webkit"
        self.base, self.first, self.at = "", "", (0, 0)

    # A context: nothing of the one before is left in it.

    def new_context(self, *, base_url, viewport, **_more):
        self.base = base_url
        self.session.go(base_url + "/health/live")
        self.session.delete_cookies()
        inner = "return [outerWidth - innerWidth, outerHeight - innerHeight]"
        wider, higher = self.session.run(inner)
        self.session.resize(viewport["width"] + wider, viewport["height"] + higher)
        return self

    def set_default_timeout(self, _milliseconds):
        """Each wait ends after PATIENCE."""

    def clear_cookies(self):
        self.session.delete_cookies()

    def add_cookies(self, cookies):
        for cookie in cookies:
            self.session.add_cookie(cookie["name"], cookie["value"])

    def storage_state(self):
        return {"cookies": self.session.cookies()}

    def new_page(self):
        return self

    def close(self):
        self.session.go("about:blank")

    # A page.

    @property
    def url(self):
        return self.session.place()

    def add_init_script(self, script):
        """Begin with it as soon as a page has come; WebDriver knows nothing earlier."""
        self.first = script

    def on(self, _event, _call):
        """WebDriver tells nothing of the console."""

    def goto(self, path):
        self.session.go(path if "://" in path else self.base + path)
        if self.first:
            self.session.run(self.first)

    def evaluate(self, script, *arguments):
        """Run an expression, statements, or a function with what it is given; wait for what it promises."""
        is_function = re.match(r"\s*(async\s*)?(\([^)]*\)|\w+)\s*=>", script)
        what = f"({script})(...given)" if is_function else script
        body = f"return ({what})" if is_function or ";" not in script else what
        asked = """const given = [...arguments], done = given.pop();
            (async () => { %s })().then((value) => done([value ?? null]), (error) => done(String(error)));"""
        answer = self.session.run_later(asked % body, *arguments)
        if isinstance(answer, str):
            raise Failed(answer)
        return answer[0]

    def wait_for_function(self, script):
        wait_until(lambda: self.evaluate(script), script)

    def wait_for_selector(self, css, **_more):
        wait_until(self.locator(css).count, css)

    def wait_for_url(self, pattern):
        wanted = pattern if hasattr(pattern, "search") else re.compile(glob(pattern))
        wait_until(lambda: wanted.search(self.url), pattern)

    def wait_for_load_state(self):
        self.wait_for_function("document.readyState === 'complete'")

    def fill(self, css, words):
        self.locator(css).fill(words)

    def locator(self, css):
        return Place(self).locator(css)

    def get_by_role(self, role, **more):
        return Place(self).get_by_role(role, **more)

    def get_by_label(self, label, **more):
        return Place(self).get_by_label(label, **more)

    # A keyboard and a mouse.

    def press(self, *keys):
        """`press("#email", "Enter")` in a place, `press("Control+k")` where the focus is."""
        if keys[1:]:
            self.locator(keys[0]).press(keys[1])
        else:
            self.session.press(*keys[0].split("+"))

    def move(self, x, y):
        self.at = (x, y)

    def wheel(self, x, y):
        self.session.turn_wheel(self.at, (x, y))


class Place:
    """Where something stands in the page, looked for anew whenever it is needed."""

    def __init__(self, page, steps=()):
        self.page, self.steps = page, steps

    def _then(self, step, words="", **more):
        return Place(self.page, (*self.steps, {"step": step, "words": words, **more}))

    def locator(self, css):
        return self._then("css", css)

    def get_by_role(self, role, *, name="", level=""):
        return self._then("role", name, role=role, level=level)

    def get_by_label(self, label):
        return self._then("label", label)

    def filter(self, *, has_text):
        return self._then("has_text", has_text)

    def nth(self, at):
        return self._then("nth", at=at)

    @property
    def first(self):
        return self.nth(0)

    @property
    def last(self):
        return self.nth(-1)

    def all(self):
        return self.page.session.run(FIND, self.steps)

    def count(self):
        return len(self.all())

    def act(self, deed):
        """Do something with the element that alone stands here, as soon as it can be done."""
        results = []

        def done():
            elements = self.all()
            if len(elements) != 1:
                raise Failed(f"{len(elements)} elements")
            results.append(deed(elements[0]))
            return True

        wait_until(done, self.steps)
        return results[0]

    def click(self):
        self.act(self.page.session.click)

    def fill(self, words):
        self.act(lambda element: (self.page.session.clear(element), self.page.session.type(element, words)))

    def press(self, key):
        self.act(lambda element: self.page.session.type(element, KEYS.get(key, key)))

    def set_input_files(self, path):
        self.act(lambda element: self.page.session.type(element, str(path)))

    def evaluate(self, function):
        return self.act(lambda element: self.page.evaluate(function, element))

    def bounding_box(self):
        return self.evaluate("(node) => node.getBoundingClientRect().toJSON()")


class Expected:
    """What is to become true of a place."""

    def __init__(self, place):
        self.place = place

    def _of(self, script, holds, what):
        """Hold what a script says of the only element to a condition."""

        def is_so():
            elements = self.place.all()
            return len(elements) == 1 and holds(self.place.page.evaluate(script, elements[0]))

        wait_until(is_so, (self.place.steps, what))

    def to_be_visible(self):
        self._of("(node) => node.checkVisibility({visibilityProperty: true})", bool, "visible")

    def to_contain_text(self, words):
        self._of("(node) => node.textContent.replace(/\\s+/g, ' ')", lambda text: words in text, words)

    def to_have_attribute(self, name, value):
        self._of(f"(node) => node.getAttribute('{name}')", lambda text: text == value, (name, value))

    def to_have_value(self, value):
        self._of("(node) => node.value", lambda text: text == value, value)

    def to_be_focused(self):
        self._of("(node) => node === document.activeElement", bool, "focused")

    def to_be_in_viewport(self, *, ratio):
        inside = "(node) => { const {top, bottom, height} = node.getBoundingClientRect();"
        inside += " return (Math.min(bottom, innerHeight) - Math.max(top, 0)) / height; }"
        self._of(inside, lambda share: share >= ratio - 0.01, "in sight")


def wait_until(holds, what):
    """Ask until it is so; a page that is being replaced has no answer yet."""
    end = time.monotonic() + PATIENCE
    last = None
    while time.monotonic() < end:
        try:
            if holds():
                return
        except Failed as error:
            last = error
        time.sleep(0.05)
    raise AssertionError(f"In vain: {what} {last or ''}")


def glob(pattern):
    return re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", "[^/]*") + "$"


def expect(place):
    """What is expected of a place in any browser."""
    return Expected(place) if isinstance(place, Place) else playwright.expect(place)
