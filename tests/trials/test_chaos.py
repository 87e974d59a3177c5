"""A bad day: people of several roles work while REES46 is slow, fails, falls silent and garbles its answers, everything
waits in queues, and processes die. The trial takes ten minutes, the suite a few seconds.
"""

import random
import time

import pytest

from tests.patience import wait_until
from tests.trials import ledgers
from tests.trials.people import Diary, click_on, look_around, work_at_the_desk, work_in_the_box, wrong_of

SHORT = "test_a_bad_day_breaks_no_page_and_does_nothing_twice"
CLICKING = ("support", "marketer")
PATIENCE = 120
TROUBLED = 0.3  # of all calls


@pytest.mark.parametrize(
    "seconds", [pytest.param(4, id="seconds"), pytest.param(600, id="minutes", marks=pytest.mark.trial(short=SHORT))]
)
def test_a_bad_day_breaks_no_page_and_does_nothing_twice(
    seconds, app, box, desk, marketer, settings, cookies, shop, running, tmp_path
):
    chance, diaries = random.Random(46), {role: Diary(tmp_path / role) for role in (*CLICKING, "viewer")}
    ledgers.begin(marketer, shop)
    taken_before = ledgers.taken(box)
    programs = [
        *((click_on, settings, cookies[role], diaries[role].path, TROUBLED) for role in CLICKING),
        (look_around, settings, cookies["viewer"], diaries["viewer"].path, TROUBLED),
        (work_at_the_desk, settings, TROUBLED),
        (work_in_the_box, settings),
    ]
    processes = [running(*program) for program in programs]
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        time.sleep(chance.uniform(1, 4))
        number = chance.randrange(len(programs))
        processes[number].kill()
        processes[number].join()
        program, *arguments = programs[number]
        seeded = [*arguments, chance.randrange(10**6)] if TROUBLED in arguments else arguments
        processes[number] = running(program, *seeded)
    wait_until(lambda: all(len(diaries[role].lines()) > 2 for role in CLICKING), PATIENCE)
    for process in processes:
        process.kill()
        process.join()
    for role in CLICKING:  # whose last click was cut off
        ledgers.again(app, cookies[role], diaries[role].lines()[-1])
    assert [line for diary in diaries.values() for line in wrong_of(diary.path).lines()] == []
    ledgers.end(app, settings)
    lines = [line for diary in diaries.values() for line in diary.lines()]
    ledgers.held_to(desk, box, lines, taken_before, every=False)
