"""Serve Desk46 and its peers as production does, and tell what CPU their processes took."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests
from lxml import html

from tests.page import filled, text_of
from tests.patience import wait_until
from tests.serving import answers, free_port

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent
ENVIRONMENT = ROOT / ".venv-bench"
PROCESSES = "2"  # that serve, of each


class Site:
    """A site that is served, and a browser that is signed in there."""

    def __init__(self, address, process):
        self.address = address
        self.process = process
        self.session = requests.Session()

    def cpu(self):
        """Seconds of CPU that the processes which serve have taken so far."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(sum(process.cpu_times()[:2]) for process in family)

    def get(self, path, **more):
        answer = self.session.get(f"{self.address}{path}", timeout=60, **more)
        assert answer.ok, f"{path}: {answer.status_code}"
        return answer

    def page(self, path):
        return html.fromstring(self.get(path).content)

    def form(self, page, button, **fields):
        """Give what pressing a button would send: the address and the values."""
        form, pressed = next(
            (form, pressed)
            for form in page.iter("form")
            for pressed in form.iter("button", "input")
            if button in (text_of(pressed), pressed.get("value"), pressed.get("name"))
        )
        name = pressed.get("name")
        values = filled(form) | ({name: pressed.get("value", "")} if name else {}) | fields
        return form.get("action") or "", values

    def post(self, path, values, shown=""):
        headers = {"Referer": f"{self.address}{shown or path}", "Origin": self.address}
        answer = self.session.post(
            f"{self.address}{path}", data=values, headers=headers, timeout=60, allow_redirects=False
        )
        assert answer.status_code in {200, 302, 303}, f"{path}: {answer.status_code} {answer.text[:300]}"
        return answer


def installed():
    """Make the environment of the peers, once for each list of them."""
    wanted = (HERE / "requirements.txt").read_text()
    mark = ENVIRONMENT / "installed.txt"
    if not mark.exists() or mark.read_text() != wanted:
        uv = ROOT / ".venv/bin/uv"
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, ENVIRONMENT], check=True)
        python = ENVIRONMENT / "bin/python"
        subprocess.run(
            [uv, "pip", "install", "--quiet", "--python", python, "-r", HERE / "requirements.txt"], check=True
        )
        mark.write_text(wanted)


@contextmanager
def peer(target, database):
    """Serve a WSGI application of the peers with gunicorn."""
    port = free_port()
    command = [ENVIRONMENT / "bin/gunicorn", "-w", PROCESSES, "-b", f"127.0.0.1:{port}", target]
    with _running(command, HERE, BENCH_DATABASE=str(database)) as process:
        wait_until(lambda: answers(port), seconds=60)
        yield Site(f"http://127.0.0.1:{port}", process)


@contextmanager
def desk(settings):
    """Serve the pages of an installation of ours, without workers, whose work nobody waits for."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        "DESK46_VAR": str(settings.var),
        "DESK46_SECRET_KEY": settings.key.newest,
        "DESK46_PUBLIC_URL": address,
        "DESK46_WEB_PROCESSES": PROCESSES,
    }
    with _running([sys.executable, "-m", "app.run.web", "127.0.0.1", str(port)], ROOT, **environment) as process:
        wait_until(lambda: answers(port), seconds=60)
        yield Site(address, process)


@contextmanager
def _running(command, folder, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DESK46_")}
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, env=clean | environment, **silent) as started:
        process = psutil.Process(started.pid)
        family = []
        try:
            yield process
            family = process.children(recursive=True)
        finally:
            started.terminate()
            psutil.wait_procs(family, timeout=15)
