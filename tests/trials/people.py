"""People and workers as processes that can be killed: a click is written down first, and done again after a death."""

import json
import random
import threading
import time
from pathlib import Path

import requests

from app import create_app
from app.engine.http.app import create_box
from app.engine.worker.main import Worker as BoxWorker
from app.rees46.inprocess import BOX_URL
from app.work.worker import Worker as DeskWorker
from tests.adapters import Answering
from tests.house.test_nonsense_in_forms import walk
from tests.page import Visitor, filled
from tests.tab import Tab

PHONE = "+79990000002"
LIST = "3184"
TROUBLES = {429, 502, 503, 504}


class Moody(Answering):
    """REES46 on a bad day: slow, failing, silent before or after it did what was asked, or garbled."""

    def __init__(self, behind, share, seed):
        super().__init__()
        self.behind, self.share, self.random = behind, share, random.Random(seed)

    def send(self, request, *args, **more):
        if self.random.random() >= self.share:
            return self.behind.send(request, *args, **more)
        mood = self.random.choice([self.slow, self.silent_before, self.silent_after, self.failing, self.garbled])
        return mood(request, *args, **more)

    def slow(self, request, *args, **more):
        time.sleep(0.1)
        return self.behind.send(request, *args, **more)

    def silent_before(self, _request, *_args, **_more):
        raise requests.ConnectTimeout

    def silent_after(self, request, *args, **more):
        self.behind.send(request, *args, **more)
        raise requests.ReadTimeout

    def failing(self, request, *_args, **_more):
        self.status, self.body = self.random.choice([(500, b"<h1>boom</h1>"), (503, b""), (429, b"{}")])
        return self.build_response(request, self.answer())

    def garbled(self, request, *args, **more):
        answer = self.behind.send(request, *args, **more)
        self.status, self.body = answer.status_code, answer.content[: len(answer.content) // 2]
        return self.build_response(request, self.answer())


class Diary:
    """What a person was about to click, line by line; outlives the person."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self):
        return [json.loads(line) for line in self.path.read_text().splitlines()] if self.path.exists() else []

    def write(self, **line):
        with self.path.open("a") as file:
            file.write(json.dumps(line) + "\n")


def wrong_of(path):
    """What was answered as it should not be."""
    return Diary(path.with_suffix(".wrong"))


def installation(settings, trouble, seed):
    box = create_box(settings)
    app = create_app(settings, box)
    app.test_client_class = Tab
    if trouble:
        session = app.extensions["rees46_session"]
        session.mount(BOX_URL, Moody(session.get_adapter(BOX_URL), trouble, seed))
    return app


def visitor_of(app, cookies):
    client = app.test_client()
    for name, value in cookies.items():
        client.set_cookie(name, value)
    return Visitor(client)


def click_on(settings, cookies, path, trouble=0.0, seed=46):
    """Hand out codes and send messages in turns, for ever. The last click of the one before is done again first."""
    visitor, diary = visitor_of(installation(settings, trouble, seed), cookies), Diary(path)
    lines = diary.lines()
    if lines:
        visitor.client.post(lines[-1]["path"], data=lines[-1]["data"])
    number = len(lines)
    while True:
        click = (hand_out, send)[number % 2]
        if form := click(visitor, name := f"{path.stem}{number}e"):
            where, data = form
            diary.write(name=name, kind=click.__name__, path=where, data=data)
            answer = visitor.client.post(where, data=data)
            if answer.status_code not in ({200, 303, 422, *TROUBLES} if trouble else {200, 303}):
                wrong_of(path).write(status=answer.status_code, path=where)
            number += 1


def hand_out(visitor, name):
    page = visitor.get("/promo_codes/hand-out")
    if page.status != 200:
        return None
    return page.full_path, filled(page.form("Hand out the code")[0]) | {"list": LIST, "reason": name}


def send(visitor, name):
    page = visitor.get("/messages/new?kind=sms").press(
        "Look at what will be sent", code="verification", phone=PHONE, **{"rows-0-name": "code", "rows-0-value": name}
    )
    if page.h1 != "Look before it goes":
        return None
    form = page.form("Send the SMS")[0]
    return form.get("action"), filled(form) | {"again": "y"}  # to the same recipient as the one before


def look_around(settings, cookies, path, trouble=0.0, seed=46):
    """Walk from page to page for ever; what breaks is written down."""
    visitor, diary = visitor_of(installation(settings, trouble, seed), cookies), wrong_of(path)
    while True:
        try:
            for _page in walk(visitor, "/", may_be=TROUBLES):
                pass
        except AssertionError as error:
            diary.write(broken=str(error)[:500])


def work_at_the_desk(settings, trouble=0.0, seed=46):
    DeskWorker(installation(settings, trouble, seed)).run(threading.Event())


def work_in_the_box(settings):
    BoxWorker(settings).run(threading.Event())
