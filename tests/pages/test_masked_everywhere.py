"""No page that a viewer can reach tells a contact or a code, once the desk and the box are full of them."""

import html
import re
from urllib.parse import unquote, urlsplit

import pytest
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.engine.store.customers import Identity
from app.engine.store.promo_codes import PromoCode
from app.store import segment_names
from app.work.worker import Worker
from tests.page import upload
from tests.pages.jobs.looking import work_off
from tests.pages.test_chats import save
from tests.pages.test_communications import SAID

ANNA, ELLA, NEW = "anna.kowalska@example.com", "ella.email@example.com", "new.person@example.com"
LINK = re.compile(r"""(?:href|hx-get|src|action)="(/[^"#]*)["#]""")
SHORTEST = 6  # characters of what is looked for


@pytest.fixture
def busy(app, desk, agent, marketer):
    """People looked customers up, handed out a code, imported, acted on many, and wrote down what was said."""
    with desk.writing() as db:
        segment_names.meet(db, 1, {"313": "static"})
    agent.post("/customers/find", {"who": ANNA})
    agent.get("/promo_codes/hand-out").press("Hand out the code", who=ELLA, list="3184", reason=f"For {ELLA}")
    rows = f"email,phone,first name\n{ANNA},79990000001,Anna\n{NEW},79995550011,New\nbroken@,x,y\n"
    page = marketer.get("/imports/new?segment=313").press("Read it", file=upload(rows))
    page.press("Check the rows").press("Import 1 customer")
    page = agent.get("/bulk/new").press("Go on", who=f"{ANNA}\n{ELLA}")
    page = page.press("Look first", within="#segments-add", **{"segments.add-segment_id": "313"})
    page.press("Do it for 1 customer", reason=f"asked by {ELLA}")
    agent.get("/communications/").press("Open their log", who=ELLA).press("Log it", **SAID)
    save(agent, who=ANNA, code="c-1", text=f"[10:31] Anna: write to {ANNA} or call +7 999 555-00-11")
    marketer.get("/promo_codes/upload").press("Check the codes", list="3184", codes="OURS-12345\nOURS-23456")
    page = agent.get("/subscriptions/report").press("Look first", email=ELLA)
    page.press("Report it to REES46", event="hard_bounced", reason=f"The server of {ELLA} said so", typed=ELLA)
    work_off(Worker(app))


def known(box):
    """All addresses and phone numbers, and all codes, that REES46 has or was told of."""
    with box.extensions["db"].reading() as db:
        found = db.execute(select(Identity.value).where(Identity.kind.in_(["email", "phone"]))).scalars()
        codes = db.scalars(select(PromoCode.code).where(PromoCode.shop_id == 1))
        contacts = {value.lower().lstrip("+") for value in found} | {NEW, "79995550011"}
        return {text for text in contacts if len(text) > SHORTEST}, {*map(str.lower, codes), "ours-12345", "ours-23456"}


def links_from(app, visitor):
    """Walk all links from all pages that need nothing but their shop, one address of each view; gives the answers."""
    router, seen = app.url_map.bind("localhost"), set()
    plain = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments - {"shop"}]
    waiting = ["/", *(rule.rule.replace("<shop>", "demo") for rule in plain if rule.endpoint != "static")]
    for path in waiting:
        try:
            endpoint, _values = router.match(urlsplit(path).path, method="GET")
        except (HTTPException, RequestRedirect):
            continue
        kind = (endpoint, *sorted(set(re.findall(r"[?&](as|kind|part)=", path))))
        if kind in seen or endpoint == "static":
            continue
        seen.add(kind)
        with visitor.client.get(path) as answer:
            text = answer.data.decode(errors="replace")
        waiting.extend(html.unescape(link) for link in LINK.findall(text))
        waiting.extend(filter(None, [answer.location]))
        yield endpoint, path, f"{answer.headers}\n{text}"


def test_no_page_that_a_viewer_reaches_tells_a_contact_or_a_code(app, box, viewer, settings, busy):
    app.extensions["settings"] = settings.model_copy(update={"masked": "viewer,marketer"})
    contacts, codes = known(box)
    code = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, codes))})(?![\w-])")
    leaks, masked, walked = [], set(), set()
    for endpoint, path, answer in links_from(app, viewer):
        text = unquote(html.unescape(answer)).lower()
        digits = re.sub(r"[\s()-]", "", text)
        walked.add(endpoint)
        masked |= {endpoint} if "•••" in text else set()
        if endpoint == "reference.openapi":  # its limits of numbers look like phones; it is the same for everybody
            continue
        told = [contact for contact in contacts if contact in (digits if contact.isdigit() else text)]
        leaks += [f"{path}: {what}" for what in (*told[:2], *code.findall(text)[:2])]
    assert leaks == []
    assert len(walked) > 100
    assert len(masked) > 15, masked
