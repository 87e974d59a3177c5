"""A real browser in front of the real desk: one Chromium and one furnished installation for each worker."""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from functools import cache

import pytest
from playwright.sync_api import expect, sync_playwright
from sqlalchemy import update
from werkzeug.serving import make_server

from app import create_app
from app.engine.http.app import create_box
from app.store.people import Person
from tests.browser.look import Watched
from tests.browser.webkit import MINI_BROWSERS, driven
from tests.furnishing import PASSWORD, settings_in
from tests.house.repository import ROOT
from tests.installation import share_templates
from tests.serving import Silent

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
MEND = "The browser tests need Chromium: apt-get install chromium (macOS: brew install --cask chromium)"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # as tests/guard
    "--no-first-run",
    "--renderer-process-limit=1",  # a new one for every page costs a sixth of all
]
WIDE, PHONE = (1280, 900), (390, 844)
ASKED = "tests/browser/test_customer_questions.py::test_where_is_my_order_and_when_did_i_buy"
OTHERS = [pytest.param(name, marks=pytest.mark.trial(short=ASKED)) for name in ("firefox", "webkit")]
expect.set_options(timeout=20_000)  # a busy machine is slow, and a wait that is over costs nothing


class Live:
    """A desk that listens on a port of its own."""

    def __init__(self, app, url):
        self.app, self.url = app, url


@pytest.fixture(scope="session")
def lives(furnished, tmp_path_factory):
    """A furnished desk with its box for each browser by name, shared by the tests of a worker."""
    subprocess.run([sys.executable, ROOT / "tools/assets.py"], check=True)
    with ExitStack() as stack:
        yield cache(lambda _name: stack.enter_context(serving(furnished, tmp_path_factory)))


@contextmanager
def serving(furnished, tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    for name in ("desk.db", "box.db"):
        shutil.copy(furnished / name, folder / name)
    settings = settings_in(folder)
    app = create_app(settings, create_box(settings))
    share_templates(app, tmp_path_factory)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Live(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def live(lives):
    return lives("chromium")


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright):
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, [*BROWSERS, MAC])), None)
    if not found:
        pytest.fail(MEND, pytrace=False)
    browser = playwright.chromium.launch(executable_path=found, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright):
    """Debian's Firefox, over WebDriver BiDi."""
    program = shutil.which("firefox-esr")
    if not program:
        pytest.skip("Firefox is not installed: apt-get install firefox-esr")
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=program)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def webkit():
    """Debian's WebKit, by its own WebDriver, on a screen that nobody sees."""
    missing = [name for name in ("WebKitWebDriver", "Xvfb") if not shutil.which(name)]
    if missing or not MINI_BROWSERS:
        pytest.skip("WebKit is not installed: apt-get install webkit2gtk-driver xvfb")
    with driven() as browser:
        yield browser


@pytest.fixture(scope="session")
def signed_in(chromium, live):
    """The cookies of a person of a role; everybody signs in once."""
    return signing_in(chromium, live)


def signing_in(browser, live):
    known = {}

    def cookies(role):
        if role not in known:
            context = browser.new_context(base_url=live.url, viewport={"width": WIDE[0], "height": WIDE[1]})
            page = context.new_page()
            page.goto("/account/sign-in")
            page.fill("#email", f"{role}@desk46.test")
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_selector("nav.side", state="attached")
            known[role] = context.storage_state()
            context.close()
        return known[role]

    return cookies


@pytest.fixture
def visit(chromium, live, signed_in):
    """Open a page: `visit("/segments/", width=390, theme="dark", language="ru", role="support", scripts=False)`."""
    with visiting(chromium, live, signed_in) as visit:
        yield visit


@pytest.fixture(scope="session", params=["chromium", *OTHERS])
def anywhere(request, lives):
    """A browser of each kind in front of a desk of its own, and who is signed in there."""
    browser, live = request.getfixturevalue(request.param), lives(request.param)
    return browser, live, signing_in(browser, live)


@pytest.fixture
def visit_anywhere(anywhere):
    """`visit` in any browser."""
    with visiting(*anywhere) as visit:
        yield visit


@contextmanager
def visiting(browser, live, signed_in):
    opened = []

    def go(path, *, size=WIDE, theme="light", language="en", role="admin", scripts=True, **more):
        context = new_context(browser, live, size, java_script_enabled=scripts, **more)
        opened.append(context)
        context.add_cookies(cookies(live, signed_in, theme, language, role))
        page = context.new_page()
        page.watched = Watched(page)
        page.goto(path)
        return page

    yield go
    for context in opened:
        context.close()
    with live.app.extensions["desk"].writing() as db:  # what a test chose is not the next one's
        db.execute(update(Person).values(shop_id=None, language=None))


def new_context(browser, live, size, **more):
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(base_url=live.url, viewport=viewport, **({"reduced_motion": "reduce"} | more))
    context.set_default_timeout(10_000)
    return context


def cookies(live, signed_in, theme, language, role):
    chosen = [{"name": "theme", "value": theme}, {"name": "language", "value": language}]
    return [{**cookie, "url": live.url} for cookie in chosen] + (signed_in(role)["cookies"] if role else [])


@pytest.fixture(scope="session")
def windows(chromium, live):
    """A window of each size for pages that are only looked at: to open one takes longer than to load a page."""
    windows = {}

    def window(size):
        if size not in windows:
            windows[size] = new_context(chromium, live, size).new_page()
            windows[size].watched = Watched(windows[size])
        return windows[size]

    return window


@pytest.fixture(scope="session")
def look(live, signed_in, windows):
    """Open a page as on a first visit, and hold it to what every page is held to."""

    def at(path, *, size=WIDE, theme="light", language="en", role="admin"):
        page = windows(size)
        page.context.clear_cookies()
        page.context.add_cookies(cookies(live, signed_in, theme, language, role))
        page.watched.begin()
        page.goto(path)
        faults = page.watched.faults()
        how = (path, size, theme, language, role)
        assert not faults, f"{how}:\n" + "\n".join(faults)

    return at


@contextmanager
def after_swap(page):
    """Do something that htmx answers, and wait until the answer stands in the page."""
    page.evaluate("window.settled = 0; document.addEventListener('htmx:after:settle', () => settled++, {once: true})")
    yield
    page.wait_for_function("() => window.settled > 0")
