"""Looks at a page as the acceptance probe does: what a browser, a blind person or a slow line would complain about."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
HEAVIEST = 60_000  # bytes over the wire, on a first visit
SHAKIEST = 0.01  # cumulative layout shift

# Runs before any script of the page and outside its content security policy.
WATCH = """
window.seen = {csp: [], shift: 0};
document.addEventListener("securitypolicyviolation", (event) =>
  seen.csp.push(`${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample}`), true);
const shifts = new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) seen.shift += entry.value;
}));
if (PerformanceObserver.supportedEntryTypes.includes("layout-shift"))
  shifts.observe({type: "layout-shift", buffered: true});
"""
# A symbol that the sprite lacks leaves its <use> without a size.
SETTLED = (
    """() => document.readyState === "complete" && !document.querySelector(".htmx-request, .skeleton + noscript")"""
)
BLIND_ICONS = """() => [...document.querySelectorAll("svg.icon use")].filter((use) => use.checkVisibility()
  && use.getBoundingClientRect().width === 0).map((use) => use.getAttribute("href").split("#")[1])"""
# A browser paints what has come of a page. What comes later must not move the heading, however slow the line is.
MOVED = """() => {
  const h1 = document.querySelector("main h1"), later = [];
  const place = () => h1.getBoundingClientRect().top + scrollY;
  const whole = place();
  for (let node = h1; node !== document.body; node = node.parentElement)
    for (let next = node; (next = next.nextElementSibling);) later.push([next, next.style.display]);
  for (const [node] of later) node.style.display = "none";
  const alone = place();
  for (const [node, display] of later) node.style.display = display;
  return whole - alone;
}"""
TURN = """(theme) => {
  document.documentElement.dataset.theme = theme;
  for (const turning of document.getAnimations()) if (turning instanceof CSSTransition) turning.finish();
}"""  # colours on their way have no contrast that stays
RUN = "(options) => axe.run(document, options).then((result) => result.violations)"  # all else is slow to bring here
AXE = Axe().axe_script
TOO_WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


class Watched:
    """A page with all it said while it was open."""

    def __init__(self, page):
        self.page = page
        self.begin()
        page.add_init_script(WATCH)
        page.on("console", lambda message: message.type in {"error", "warning"} and self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        if page.context.browser.browser_type.name == "chromium":  # which alone weighs
            wire = page.context.new_cdp_session(page)
            wire.send("Network.enable")
            wire.send("Network.setCacheDisabled", {"cacheDisabled": True})  # every visit is a first one
            wire.on("Network.loadingFinished", self._weigh)

    def begin(self):
        """Forget what was seen: another page is opened."""
        self.errors = []
        self.bytes = 0

    def _weigh(self, event):
        self.bytes += event["encodedDataLength"]

    def faults(self):
        """Everything that is wrong with the page as it stands, in words; an empty list is what one wants."""
        page = self.page
        page.wait_for_function(SETTLED)
        seen = page.evaluate("window.seen")
        found = [f"error in the console: {words}" for words in self.errors]
        found += [f"against the security policy: {words}" for words in seen["csp"]]
        found += [f"no such icon in the sprite: {name}" for name in page.evaluate(BLIND_ICONS)]
        if seen["shift"] >= SHAKIEST:
            found.append(f"the layout shifts by {seen['shift']:.3f}")
        if abs(moved := page.evaluate(MOVED)) > 1:
            found.append(f"what comes below the heading moves it by {moved} px")
        if self.bytes > HEAVIEST:
            found.append(f"the page weighs {self.bytes} bytes")
        if (wider := page.evaluate(TOO_WIDE)) > 0:
            found.append(f"the page is {wider} px wider than the window")
        return found + self.barriers()

    def barriers(self):
        """What axe finds, in the colours in use and in the other ones."""
        self.page.evaluate(AXE)
        found = violations(self.page, type="tag", values=WCAG)
        theme = self.page.evaluate("document.documentElement.dataset.theme ?? 'light'")
        other = "light" if theme == "dark" else "dark"
        self.page.evaluate(TURN, other)
        contrast = violations(self.page, type="rule", values=["color-contrast"])
        self.page.evaluate(TURN, theme)
        return found + [f"{words} ({other})" for words in contrast]


def violations(page, **rules):
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for one in page.evaluate(RUN, {"runOnly": rules, "resultTypes": ["violations"]})
        for node in one["nodes"]
    ]
