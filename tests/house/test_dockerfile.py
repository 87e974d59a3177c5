"""No Docker engine is needed to know that the Dockerfile works: every command that it names is run here."""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files, name_of
from tests.patience import wait_until

BASE = re.compile(r"^python:3\.\d+-slim@sha256:[0-9a-f]{64}$")
STARTS = "test_the_image_starts_serves_and_stops"
INSTALLING = re.compile(r"-m venv|pip install")


def instructions():
    """Read the Dockerfile as [(word, rest)], continued lines joined and comments left out."""
    text = (ROOT / "Dockerfile").read_text()
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip() and not line.startswith("#")]


def rest_of(word):
    return [rest for found, rest in instructions() if found == word]


def stages():
    """Give the instructions of each stage: those that build, those of the image."""
    found = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def test_both_stages_stand_on_the_same_slim_python():
    bases = [rest.split()[0] for rest in rest_of("FROM")]
    assert len(set(bases)) == 1
    assert BASE.match(bases[0])


def test_the_image_runs_as_somebody_without_rights():
    image = stages()[-1]
    user = next(rest for word, rest in image if word == "USER")
    assert user not in {"root", "0"}
    assert any(word == "RUN" and f"useradd --system --uid 10046 {user}" in rest for word, rest in image)


def in_context():
    """The files that .dockerignore lets through: it refuses all, then names what may come."""
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert rules[0] == "*"
    welcome = [rule[1:] for rule in rules if rule.startswith("!")]
    assert [path for path in welcome if not (ROOT / path).exists()] == []
    return [path for path in files("*") if any(path.is_relative_to(ROOT / place) for place in welcome)]


def test_the_build_sees_no_data_no_tests_and_no_secrets():
    names = [name_of(path) for path in in_context()]
    assert [name for name in names if name.startswith(("tests/", "var/", ".git/", ".venv/"))] == []


@pytest.fixture(scope="module", params=["linked", pytest.param("installed", marks=pytest.mark.trial(short=STARTS))])
def image(request):
    """Follow the instructions of the build stage in a folder of our own; the second stage copies that folder.

    Installing from PyPI and npm takes a minute of CPU: `make trial` does it; otherwise what is here is linked.
    """
    folder = Path(tempfile.mkdtemp(prefix="desk46-image-"))
    python = folder / "bin/python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    work = folder / "srv"
    work.mkdir()
    for word, rest in stages()[0]:
        if word == "COPY":
            copy(rest, work)
            if request.param == "linked" and (work / "static").exists():
                link(work, "static/vendor")
        elif word == "RUN" and request.param == "linked" and INSTALLING.search(rest):
            link(work, ".venv")
        elif word == "RUN":
            # Compiling all packages takes long, and shows nothing.
            quick = {"PATH": f"{python.parent}:{os.environ['PATH']}", "PIP_NO_COMPILE": "1"}
            subprocess.run(["sh", "-ec", rest], cwd=work, env=os.environ | quick, check=True)
    yield work
    shutil.rmtree(folder)


def link(work, name):
    """Take what is installed here; tools/assets.py sees that it is whole."""
    if not (work / name).exists():
        (work / name).symlink_to(ROOT / name)


def copy(rest, work):
    source, _target = shlex.split(rest)
    for path in in_context() if source == "." else [ROOT / source]:
        target = work / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)


def test_the_image_starts_serves_and_stops(image, tmp_path):
    said = served(image, tmp_path, json.loads(rest_of("CMD")[0]))
    assert "Sign in as" in said


def test_the_image_serves_the_box_alone_by_the_command_that_is_documented(image, tmp_path):
    options, command = documented_run("docs/stage.md")
    assert "PORT=8047" in options, "by which the image is asked for its health"
    assert "8047:8047" in options
    said = served(image, tmp_path, command, DESK46_BOX_CONTROL="true")
    assert "REES46 in a box is at" in said
    assert "the shop_id demo" in said


def documented_run(document):
    """Read what a document runs in the image, as the options and the command inside."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / document).read_text())
    (line,) = re.findall(r"^docker run .*$", text, re.MULTILINE)
    words = shlex.split(line)
    name = words.index("desk46")
    return words[:name], words[name + 1 :]


def served(image, tmp_path, command, **more):
    """Serve as a container does, until SIGTERM; gives what was said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    # As in the image: its own Python first, data elsewhere, nothing else of our environment.
    surroundings = {
        "PATH": f"{image}/.venv/bin:/usr/bin:/bin",
        "DESK46_VAR": str(tmp_path / "data"),
        "PORT": port,
        "PYTHONUNBUFFERED": "1",
    } | more
    check = json.loads(rest_of("HEALTHCHECK")[0].partition("CMD ")[2])
    before = snapshot(image)
    said = tmp_path / "said"
    with said.open("w") as out:
        server = subprocess.Popen(command, cwd=image, env=surroundings, stdout=out)
    try:
        wait_until(lambda: " is at http" in said.read_text() or server.poll() is not None, seconds=60)
        assert is_healthy(check, image, surroundings)
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
    finally:
        server.kill()
        server.wait()
    assert server.returncode == 0
    assert not is_healthy(check, image, surroundings)
    assert snapshot(image) == before, "The image writes to /data only"
    return said.read_text()


def is_healthy(check, folder, surroundings):
    return subprocess.run(check, cwd=folder, env=surroundings, capture_output=True, check=False).returncode == 0


def snapshot(folder):
    return {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
