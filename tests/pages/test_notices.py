"""The desk speaks up: each thing once, by e-mail to who chose it and signed to a chat, with nobody's data in it."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from email import message_from_string, policy
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from app.config import Settings
from app.rees46.client import new_session
from app.store import daily, workers
from app.store.acts import Act
from app.store.base import now
from app.store.notices import Delivery, Kind, Notice
from app.store.people import Person
from app.store.promo_stock import PromoStock
from app.store.reply_differences import ReplyDifference
from app.store.shops import Shop
from app.store.workers import Heartbeat
from app.store.works import Work
from tests.schedules import run
from tests.serving import free_port

SECRET = "a secret of sixteen"


def today():
    """The day in the zone of the settings."""
    return now().date()


class Mailbox:
    """What came in; `answer` is what the server says to a message."""

    def __init__(self):
        self.mails, self.answer = [], "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # as aiosmtpd calls it
        self.mails.append((envelope.rcpt_tos, envelope.content.decode()))
        return self.answer


@pytest.fixture
def mailbox(app):
    """A real SMTP server, which the settings of the desk name."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    controller.port = free_port()
    controller.start()
    url = f"smtp://127.0.0.1:{controller.port}"
    app.extensions["settings"] = Settings(**app.extensions["settings"].model_dump() | {"smtp_url": url})
    yield box
    controller.stop()


class Posted(BaseHTTPRequestHandler):
    def do_POST(self):  # as the library calls it
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((self.headers["Desk46-Signature"], body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def chat(app, desk):
    """A real HTTP server, to which the demo shop's notices go."""
    server = HTTPServer(("127.0.0.1", 0), Posted)
    server.posts, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    app.extensions["rees46_session"] = new_session()
    with desk.writing() as db:
        url = f"http://127.0.0.1:{server.server_port}/hook"
        db.get_one(Shop, 1).keep_chat(url, SECRET, app.extensions["settings"].key)
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def choose(desk, role, *kinds):
    with desk.writing() as db:
        person = db.scalars(select(Person).where(Person.email == f"{role}@desk46.test")).one()
        person.notices = [str(kind) for kind in kinds]
        return person.id


def happen(desk, *rows):
    with desk.writing() as db:
        db.add_all(rows)


def tell(app):
    run("notices.watch", app)


def unknown(minutes, **more):
    long_ago = now() - timedelta(minutes=minutes)
    return Act(shop_id=1, person="Ann", what="links.Create", written="unknown", at=long_ago, ended=long_ago, **more)


def job(person_id, state, minutes=5, **more):
    begun = now() - timedelta(minutes=minutes)
    about = {"shop_id": 1, "person_id": person_id, "person": "Ann Secret", "kind": "links.batch", "subject": "x"}
    return Work(at=begun, ended=now(), state=state, done=5, total=9, title="anna@example.com.csv", **about, **more)


def stock(desk, *left):
    for ago, available in enumerate(reversed(left)):
        happen(desk, PromoStock(shop_id=1, day=today() - timedelta(days=ago), list_id="3184", available=available))


def test_who_chose_is_told_once_in_their_language_and_nobody_else(app, desk, mailbox):
    choose(desk, "marketer", Kind.UNKNOWN_ACT)
    reader = choose(desk, "support", Kind.UNKNOWN_ACT)
    with desk.writing() as db:
        db.get_one(Person, reader).language = "ru"
    happen(desk, unknown(20), unknown(5))
    for _ in range(3):
        tell(app)
    mails = {to[0]: message_from_string(mail, policy=policy.default) for to, mail in mailbox.mails}
    assert len(mailbox.mails) == len(mails) == 2
    assert "not known what became" in mails["marketer@desk46.test"]["Subject"]
    assert "Неизвестно" in mails["support@desk46.test"].get_content()


def test_nothing_about_anybody_stands_in_it(app, desk, mailbox, chat):
    mine = choose(desk, "marketer", *Kind)
    happen(desk, unknown(20, asked={"email": "anna@example.com"}, reason="Anna"), job(mine, "stopped", trouble="Anna"))
    tell(app)
    told = " ".join([mail for _to, mail in mailbox.mails] + [body.decode() for _sign, body in chat.posts])
    assert len(mailbox.mails) == len(chat.posts) == 2
    assert "nna" not in told
    assert "Secret" not in told


@pytest.mark.parametrize(
    ("state", "minutes", "is_told"), [("stopped", 0, True), ("done", 5, True), ("done", 0, False), ("paused", 5, False)]
)
def test_the_person_of_a_job_is_told_that_it_ended_or_stopped(app, desk, mailbox, state, minutes, is_told):
    mine = choose(desk, "marketer", Kind.JOB)
    choose(desk, "support", Kind.JOB)
    happen(desk, job(mine, state, minutes))
    tell(app)
    assert [to for to, _mail in mailbox.mails] == [["marketer@desk46.test"]] * is_told


@pytest.mark.parametrize(
    ("left", "is_told"),
    [((150, 90), True), ((90, 80), False), ((150, 120), False), ((90,), True), ((90, 150, 99), True)],
)
def test_a_list_that_fell_under_its_level_is_told_on_that_day_only(app, desk, mailbox, left, is_told):
    choose(desk, "marketer", Kind.LOW_LIST)
    stock(desk, *left)
    tell(app)
    tell(app)
    assert len(mailbox.mails) == is_told


@pytest.mark.parametrize(
    ("before", "present", "is_told"), [(0, 11, True), (0, 10, False), (10, 29, False), (10, 31, True)]
)
def test_more_complaints_than_usual_are_told(app, desk, mailbox, before, present, is_told):
    choose(desk, "marketer", Kind.COMPLAINTS)
    with desk.writing() as db:
        for ago in range(1, 15):
            figures = {"complained:api": before, "subscribe:api": 500}
            daily.keep(db, 1, daily.CHANGES, daily.Reading(today() - timedelta(days=ago), figures, 1))
        daily.keep(db, 1, daily.CHANGES, daily.Reading(today(), {"complained:": present}, 1))
    tell(app)
    assert len(mailbox.mails) == is_told


def test_that_rees46_answers_differently_is_told_once_a_day_and_operation(app, desk, mailbox):
    choose(desk, "admin", Kind.DIFFERENT_API)
    for field in ("a", "b"):
        more = {"operation": "links.Create", "kind": "unknown", "field": field, "example": "text", "times": 1}
        happen(desk, ReplyDifference(shop_id=1, first_seen=now(), last_seen=now(), **more))
        tell(app)
    assert len(mailbox.mails) == 1


def test_that_the_worker_is_silent_is_told_by_whoever_has_a_page_open(app, desk, mailbox, chat, agent):
    choose(desk, "admin", Kind.SILENT_WORKER)
    happen(desk, Heartbeat(name="a", seen=now() - timedelta(minutes=3)))
    for _ in range(2):
        app.extensions.pop("next_look_at_workers", None)
        agent.get("/jobs/count")
    assert [to for to, _mail in mailbox.mails] == [["admin@desk46.test"]]
    assert len(chat.posts) == 1
    with desk.writing() as db:
        workers.beat(db, "b")
    app.extensions.pop("next_look_at_workers", None)
    agent.get("/jobs/count")
    assert len(mailbox.mails) == 1


def test_a_post_to_the_chat_is_signed(app, desk, chat):
    happen(desk, unknown(20))
    tell(app)
    [(signed, body)] = chat.posts
    at, digest = (part.partition("=")[2] for part in signed.split(","))
    assert hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest() == digest
    said = json.loads(body)
    assert (said["kind"], said["text"].startswith("Demo: It is not known")) == ("unknown_act", True)
    assert said["url"].startswith("http://localhost/s/demo/trail/")


def deliveries(desk):
    with desk.reading() as db:
        return [(row.state, row.tries) for row in db.scalars(select(Delivery).order_by(Delivery.id))]


@pytest.mark.parametrize(
    ("status", "state"), [(500, "waiting"), (429, "waiting"), (404, "failed"), (302, "failed"), (204, "sent")]
)
def test_a_chat_that_says_no_for_now_is_asked_again_later(app, desk, chat, status, state):
    chat.status = status
    happen(desk, unknown(20))
    tell(app)
    tell(app)
    assert deliveries(desk) == [(state, 1)]
    assert len(chat.posts) == 1


@pytest.mark.parametrize(("answer", "state"), [("451 Later", "waiting"), ("550 Never", "failed"), ("250 OK", "sent")])
def test_a_mail_server_that_says_no_for_now_is_asked_again_later(app, desk, mailbox, answer, state):
    mailbox.answer = answer
    choose(desk, "marketer", Kind.UNKNOWN_ACT)
    happen(desk, unknown(20))
    tell(app)
    assert deliveries(desk) == [(state, 1)]
    with desk.writing() as db:
        db.query(Delivery).one().due = now()
    mailbox.answer = "250 OK"
    tell(app)
    assert len(mailbox.mails) == 1 + (state == "waiting")


def test_without_a_mail_server_that_answers_it_is_tried_again_and_given_up_at_last(app, desk):
    url = f"smtp://127.0.0.1:{free_port()}"
    app.extensions["settings"] = Settings(**app.extensions["settings"].model_dump() | {"smtp_url": url})
    choose(desk, "marketer", Kind.UNKNOWN_ACT)
    happen(desk, unknown(20))
    for tries in range(1, 7):
        tell(app)
        assert deliveries(desk) == [("waiting" if tries < 5 else "failed", min(tries, 5))]
        with desk.writing() as db:
            db.query(Delivery).one().due = now()


def test_what_was_being_sent_when_the_process_died_is_not_sent_again(app, desk, mailbox):
    choose(desk, "marketer", Kind.UNKNOWN_ACT)
    happen(desk, unknown(20))
    tell(app)
    with desk.writing() as db:
        db.query(Delivery).one().state = "trying"
    tell(app)
    assert len(mailbox.mails) == 1


def test_nobody_wants_to_know_and_nothing_is_written(app, desk):
    happen(desk, unknown(20))
    tell(app)
    with desk.reading() as db:
        assert db.query(Notice).count() == 0


def test_people_choose_in_their_account(app, desk, agent):
    page = agent.get("/account/")
    assert "sends no mail here yet" in page.text
    agent.get("/account/").press("Save notices", notices=["low_list", "job"])
    with desk.reading() as db:
        person = db.scalars(select(Person).where(Person.email == "support@desk46.test")).one()
    assert sorted(person.notices) == ["job", "low_list"]
    assert agent.post("/account/notices", {"notices": "nonsense"}).status == 422


def test_administrators_name_the_chat_with_a_secret_that_is_never_shown(app, desk, admin, marketer):
    page = admin.get("/shops/1/chat").press("Save the chat", chat_url="http://127.0.0.1/hook", chat_secret=SECRET)
    assert "not a public address" in page.text
    page = admin.get("/shops/1/chat").press("Save the chat", chat_url="https://93.184.216.34/hook")
    assert "Enter the secret" in page.text
    admin.get("/shops/1/chat").press("Save the chat", chat_url="https://93.184.216.34/hook", chat_secret=SECRET)
    with desk.reading() as db:
        shop = db.get_one(Shop, 1)
        assert shop.chat_secret(app.extensions["settings"].key) == SECRET
        assert SECRET not in shop.locked_chat_secret
        assert "hook" not in str([act.after for act in db.scalars(select(Act).where(Act.what == "shops.Chat"))])
    page = admin.get("/shops/1/chat")
    assert SECRET not in page.text
    page.press("Save the chat", chat_url="")
    with desk.reading() as db:
        assert db.get_one(Shop, 1).chat_url == ""
    assert marketer.get("/shops/1/chat").status == 403


@pytest.mark.parametrize("url", ["nonsense", "http://x", "smtp://", "smtp://x:99999", "smtp://x:y"])
def test_a_mail_server_that_is_none_is_refused_at_the_start(url):
    with pytest.raises(ValueError, match="no mail server"):
        Settings(smtp_url=url)
