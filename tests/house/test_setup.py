"""./setup may be run at any time, and says in one line what would mend a machine that it cannot set up."""

import os
import shutil
import subprocess

import pytest

from tests.house.repository import ROOT


def run_setup(*arguments, folder=ROOT, **environment):
    command = [folder / "setup", *arguments]
    return subprocess.run(command, cwd="/", env=os.environ | environment, capture_output=True, text=True, check=False)


def test_a_second_setup_does_nothing():
    assert run_setup("--dev").returncode == 0
    before = what_it_made()
    again = run_setup("--dev")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert what_it_made() == before


def what_it_made():
    """What setup installs and builds, with the time at which it was written."""
    places = (".venv/desk46-*", ".venv/pyvenv.cfg", "static/vendor/**/*", "app/translations/**/*.mo")
    return {path: path.stat().st_mtime_ns for place in places for path in ROOT.glob(place)}


def test_an_unknown_argument_is_refused():
    assert run_setup("--all").returncode == 2


@pytest.fixture
def bare(tmp_path):
    """A clone on a machine whose PATH has what every machine has, and the Python that a test lays beside it."""
    shutil.copy(ROOT / "setup", tmp_path)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "cat", "cksum", "id", "dirname", "rm"):
        (programs / name).symlink_to(shutil.which(name))
    return tmp_path


def python(bare, script):
    path = bare / "bin/python3"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_machine_with_an_old_python_is_told_so(bare):
    python(bare, "exit 1")
    result = run_setup(folder=bare, PATH=str(bare / "bin"))
    assert result.returncode == 1
    assert "Python 3.11 or newer is needed" in result.stderr


def test_a_machine_without_venv_and_apt_is_told_what_to_install(bare):
    python(bare, 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.13;; esac')
    result = run_setup(folder=bare, PATH=str(bare / "bin"))
    assert result.returncode == 1
    assert "apt-get install python3.13-venv" in result.stderr


@pytest.mark.parametrize("fails", [False, True])
def test_what_pip_has_to_say_is_shown_only_where_it_fails(bare, fails):
    (bare / "bin/mktemp").symlink_to(shutil.which("mktemp"))
    venv = bare / ".venv/bin/python"
    venv.parent.mkdir(parents=True)
    venv.write_text(f'#!/bin/sh\ncase "$2" in pip) echo "WARNING: a root user" >&2; exit {int(fails)};; esac\n')
    venv.chmod(0o755)
    result = run_setup(folder=bare, PATH=str(bare / "bin"))
    assert result.returncode == int(fails)
    assert result.stdout == "Installing requirements.txt\n"
    assert ("WARNING: a root user" in result.stderr) is fails
    assert ("Try again when the network is back" in result.stderr) is fails
