"""Desk and box are killed (SIGKILL) at random moments, in sends (to groups, too), hand-outs, batches, imports, files of
long lists and schedules: nothing is lost or done twice. The trial kills by the hundred, the suite a few times.
"""

import random
import time

import pytest

from tests.patience import wait_until
from tests.trials import ledgers, long_work
from tests.trials.people import Diary, click_on, work_at_the_desk, work_in_the_box, wrong_of

PATIENCE = 60
A_GROUP = 10  # kills for which one more group is written to, and one more file made
SHORT = "test_nothing_is_lost_or_done_twice_whoever_is_killed"


@pytest.mark.parametrize(
    "kills", [pytest.param(4, id="a few"), pytest.param(300, id="hundreds", marks=pytest.mark.trial(short=SHORT))]
)
def test_nothing_is_lost_or_done_twice_whoever_is_killed(
    kills, app, box, desk, marketer, settings, cookies, shop, client, running, tmp_path, monkeypatch
):
    groups = max(1, kills // A_GROUP)
    chance, diary = random.Random(46), Diary(tmp_path / "killed")
    long_work.begin(marketer, client, settings, desk, monkeypatch, groups=groups)
    ledgers.begin(marketer, shop)
    taken_before = ledgers.taken(box)
    programs = {
        click_on: (settings, cookies["marketer"], diary.path),
        work_at_the_desk: (settings,),
        work_in_the_box: (settings,),
    }
    processes = {program: running(program, *arguments) for program, arguments in programs.items()}
    for _ in range(kills):
        clicked = len(diary.lines())
        wait_until(lambda clicked=clicked: len(diary.lines()) > clicked, PATIENCE)
        time.sleep(chance.uniform(0, 0.1))  # any moment of what was begun
        program = chance.choice(list(programs))
        processes[program].kill()
        processes[program].join()
        processes[program] = running(program, *programs[program])
    clicked = len(diary.lines())
    wait_until(lambda: len(diary.lines()) > clicked + 1, PATIENCE)  # the last click that was cut off is done again
    for process in processes.values():
        process.kill()
        process.join()
    ledgers.again(app, cookies["marketer"], diary.lines()[-1])
    assert wrong_of(diary.path).lines() == []
    ledgers.end(app, settings)
    long_work.go_on_with(marketer, desk, app)
    long_work.held_to(desk, box, settings, groups=groups)
    ledgers.held_to(desk, box, diary.lines(), taken_before)
