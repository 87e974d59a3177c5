"""Two hosts with folders of their own share one PostgreSQL behind a balancer and are killed in turns while people work.
Nothing is lost, nothing is done twice, and nobody signs in again. The trial starts the programs as an operator does and
takes ten minutes; the suite forks them and takes a few seconds.
"""

import os
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from sqlalchemy import make_url
from werkzeug.serving import make_server

from app import create_app
from app.store.schema import desk as shape
from app.work.worker import Worker
from tests.furnishing import settings_in
from tests.migrations.conftest import fill, rows_of
from tests.page import Visitor
from tests.patience import wait_until
from tests.serving import Silent, answers, free_port
from tests.trials import ledgers
from tests.trials.balancer import Balancer, Browser
from tests.trials.people import Diary, hand_out, send

PATIENCE = 180
PEOPLE = ("support", "marketer")
SHORT = "test_a_host_that_dies_loses_nothing_and_signs_nobody_out"


def forked(settings, port):
    """Serve pages and do jobs in this one process."""
    app = create_app(settings)
    threading.Thread(target=Worker(app).run, args=[threading.Event()], daemon=True).start()
    make_server("127.0.0.1", port, app, threaded=True, request_handler=Silent).serve_forever()


def as_operated(settings, port):
    """Become `python -m app.run`, which ends with all its processes when it is killed."""
    os.environ |= {f"DESK46_{name.upper()}": str(getattr(settings, name)) for name in settings.model_fields_set}
    os.execv(sys.executable, [sys.executable, "-m", "app.run", "--port", str(port)])  # noqa: S606  # no shell is wanted


class Hosts:
    """Two hosts, one of which is killed now and then."""

    def __init__(self, program, running, settings):
        self.program, self.running, self.settings = program, running, settings
        self.ports = [free_port() for _ in settings]
        self.processes = [self._start(number) for number in range(len(settings))]

    def _start(self, number):
        process = self.running(self.program, self.settings[number], self.ports[number])
        wait_until(lambda: answers(self.ports[number]), PATIENCE)
        return process

    def fall(self, number):
        self.processes[number].kill()
        self.processes[number].join()

    def come_back(self, number):
        self.processes[number] = self._start(number)


@pytest.fixture
def rees46(box):
    """The address of REES46, which stands elsewhere."""
    server = make_server("127.0.0.1", 0, box, threaded=True, request_handler=Silent)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def both(furnished, cookies, postgres, rees46, tmp_path):
    """The settings of two hosts of one desk."""
    url = postgres.fresh("desk", shape.upgrade_to_head)
    fill(str(make_url(url)), rows_of(f"sqlite:///{furnished}/desk.db"))
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
    return [settings_in(folder, database_url=url, api_url=rees46, private_shops=True) for folder in folders]


def use(browser, diary, is_over):
    """Hand out codes and send messages in turns, each written down before it is clicked."""
    visitor, number = Visitor(browser), 0
    while not is_over.is_set():
        click = (hand_out, send)[number % 2]
        if form := click(visitor, name := f"{diary.path.stem}{number}e"):
            where, data = form
            diary.write(name=name, kind=click.__name__, path=where, data=data)
            assert browser.post(where, data=data).status_code == 200, where
            number += 1


@pytest.mark.parametrize(
    ("program", "seconds"),
    [
        pytest.param(forked, 2, id="seconds"),
        pytest.param(as_operated, 600, id="minutes", marks=pytest.mark.trial(short=SHORT)),
    ],
)
def test_a_host_that_dies_loses_nothing_and_signs_nobody_out(
    program, seconds, both, app, box, settings, cookies, shop, running, tmp_path
):
    chance, is_over, hosts = random.Random(46), threading.Event(), Hosts(program, running, both)
    diaries = {role: Diary(tmp_path / role) for role in PEOPLE}
    with Balancer(hosts.ports) as balancer, ThreadPoolExecutor() as pool, ExitStack() as open_browsers:
        browsers = {role: open_browsers.enter_context(Browser(balancer.url, cookies[role], app)) for role in PEOPLE}
        ledgers.begin(Visitor(browsers["marketer"]), shop)
        taken_before = ledgers.taken(box)
        people = [pool.submit(use, browsers[role], diaries[role], is_over) for role in PEOPLE]
        over, number = time.monotonic() + seconds, 0
        while time.monotonic() < over and not any(person.done() for person in people):
            done = clicks(diaries)
            wait_until(lambda done=done: clicks(diaries) > done, PATIENCE)
            time.sleep(chance.uniform(0, 0.1))  # any moment of what was begun
            hosts.fall(number % 2)
            hosts.come_back(number % 2)
            number += 1
        is_over.set()
        for person in people:
            person.result(PATIENCE)
    for process in hosts.processes:
        process.kill()
        process.join()
    survivor = create_app(both[0])
    ledgers.end(survivor, settings)
    lines = [line for diary in diaries.values() for line in diary.lines()]
    ledgers.held_to(survivor.extensions["desk"], box, lines, taken_before)
    survivor.extensions["desk"].engine.dispose()


def clicks(diaries):
    """How often people clicked so far."""
    return sum(len(diary.lines()) for diary in diaries.values())
