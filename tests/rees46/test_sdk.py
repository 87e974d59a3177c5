"""The contract's folder, copied out, is an SDK: under any name, and without the rest of Desk46."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import app.rees46

SOURCE = Path(app.rees46.__file__).parent
ALONE = """
import importlib, pkgutil, sys
import vendor46
for module in pkgutil.iter_modules(vendor46.__path__):
    importlib.import_module(f"vendor46.{module.name}")
from vendor46.catalogue import every_operation
assert not [name for name in sys.modules if name.partition(".")[0] in {"app", "flask", "sqlalchemy"}]
print(len(every_operation()))
"""


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the folder under another name, from which Python imports."""
    shutil.copytree(SOURCE, tmp_path / "vendor46", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in [name for name in sys.modules if name.partition(".")[0] == "vendor46"]:
        del sys.modules[name]


def test_the_copy_makes_a_call_and_gives_a_typed_reply(copied, box):
    client, inprocess, segments = (
        importlib.import_module(f"vendor46.{name}") for name in ("client", "inprocess", "segments")
    )
    session = client.new_session({inprocess.BOX_URL: inprocess.InProcess(box)})
    sdk = client.Client(inprocess.BOX_URL, "demo", "demo-secret", session=session)
    reply = sdk.send(segments.Get(email="anna.kowalska@example.com"))
    assert [type(membership) for membership in reply[:1]] == [segments.Membership]
    assert type(reply[0]).__module__ == "vendor46.segments"


def test_the_copy_needs_nothing_else_of_desk46(copied):
    run = subprocess.run([sys.executable, "-c", ALONE], cwd=copied, capture_output=True, text=True, check=False)
    assert (run.stderr, run.stdout.strip()) == ("", str(len(app.rees46.catalogue.every_operation())))


def test_type_checkers_are_told_that_it_is_typed(copied):
    assert (copied / "vendor46/py.typed").exists()
