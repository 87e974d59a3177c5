"""Fixtures for all tests: a desk and a box for each test, whose databases are copies of ones that were made once."""

import gc
import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import loopback
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from sqlalchemy import delete, update

from app import create_app
from app.config import Settings
from app.engine.control import open_on
from app.engine.http.app import create_box
from app.store.acts import Act
from app.store.base import now
from app.store.sessions import BrowserSession
from tests.furnishing import PASSWORD, ROLES, furnish, quick_password, settings_in
from tests.installation import SharedBox, SharedDesk, made_once, share_templates
from tests.page import Visitor, sign_in
from tests.stage import Stage
from tools.strings import compile_all

pytest_plugins = ["tests.postgres", "tools.pytest_box"]
# How long drawing takes on a busy machine proves nothing.
drawing.register_profile("desk46", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("desk46")
FILES = ("desk.db", "box.db")


def pytest_configure() -> None:
    """Let pages speak the Russian that stands in the folders now, and programs that tests start stay here."""
    compile_all()
    guard = str(Path(loopback.__file__).parent)
    others = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path not in {"", guard}]
    os.environ["PYTHONPATH"] = os.pathsep.join([guard, *others])


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a fifth of the time a test waits, for a browser, a disk or a process."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Leave alone what stays until the end, and look for garbage less often than after every 700 objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def on_this_machine():
    """No test leaves this machine, see tests/guard."""
    yield
    loopback.check()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory) -> Path:
    """A furnished installation that is only copied, never used."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            quick_password(monkeypatch)
            furnish(settings_in(folder))

    made = made_once(tmp_path_factory, "furnished", make)
    return shutil.copytree(made, tmp_path_factory.mktemp("furnished"), dirs_exist_ok=True)


@pytest.fixture(scope="session")
def shared_box(furnished) -> SharedBox:
    """The box that the tests of a worker use one after the other."""
    return SharedBox(create_box(settings_in(furnished)))


@pytest.fixture(scope="session")
def shared_desk(furnished, shared_box, tmp_path_factory) -> SharedDesk:
    """The dashboard that the tests of a worker use one after the other."""
    app = create_app(settings_in(furnished), shared_box.app)
    share_templates(app, tmp_path_factory)
    return SharedDesk(app)


@pytest.fixture(scope="session")
def cookies(furnished, shared_box, shared_desk, tmp_path_factory) -> dict[str, dict[str, str]]:
    """What the browser of a person of each role keeps: they sign in once, before anything is copied."""

    def make(folder: Path) -> None:
        settings = settings_in(furnished)
        app = shared_desk.moved(settings, shared_box.moved(settings))
        visitors = {role: sign_in(app.test_client(), f"{role}@desk46.test", PASSWORD) for role in ROLES}
        with app.extensions[
            "desk"
        ].writing() as db:  # so that nothing asks again who it is, however long all tests take
            db.execute(update(BrowserSession).values(proven=now() + timedelta(days=3650)))
            db.execute(delete(Act))  # the trail of a test begins empty
        rest()
        kept = {role: {cookie.key: cookie.value for cookie in visitor.cookies()} for role, visitor in visitors.items()}
        (folder / "cookies.json").write_text(json.dumps(kept))
        for name in FILES:
            shutil.copy(furnished / name, folder / name)

    def rest() -> None:
        shared_desk.rest()  # as in furnish()
        shared_box.rest()

    made = made_once(tmp_path_factory, "signed-in", make)
    rest()
    for name in FILES:
        shutil.copy(made / name, furnished / name)
    return json.loads((made / "cookies.json").read_text())


@pytest.fixture(scope="session")
def usual(furnished) -> Settings:
    """Settings that were read and checked once, which takes longer than to copy an installation."""
    return settings_in(furnished)


@pytest.fixture
def settings(furnished, usual, cookies, tmp_path) -> Settings:
    """An installation of this test's own."""
    folder = tmp_path / "var"
    folder.mkdir()
    for name in FILES:
        shutil.copy(furnished / name, folder / name)
    return usual.model_copy(update={"var": folder})


@pytest.fixture
def box(settings, shared_box):
    """The REES46 in a box of this test."""
    yield shared_box.moved(settings)
    shared_box.rest()


@pytest.fixture
def app(settings, box, shared_desk):
    """The dashboard of this test, over its box."""
    yield shared_desk.moved(settings, box)
    shared_desk.rest()


@pytest.fixture(scope="session")
def shared_stage(furnished) -> SharedBox:
    """A box that can be controlled, as `shared_box`."""
    box = create_box(settings_in(furnished, box_control=True))
    open_on(box)
    return SharedBox(box)


@pytest.fixture
def stage(settings, app, shared_stage):
    """REES46 as it was told to be: `stage.fault(operation="profile.Set", cut=True, when="after")`."""
    box = shared_stage.moved(settings.model_copy(update={"box_control": True}))
    yield Stage(box, app)
    shared_stage.rest()


@pytest.fixture
def desk(app):
    """The dashboard's own database: `with desk.reading() as db:`."""
    return app.extensions["desk"]


@pytest.fixture
def someone(app, cookies):
    """A person of a role at the desk: `someone("support").get("/")`."""

    def someone(role):
        client = app.test_client()
        for name, value in cookies[role].items():
            client.set_cookie(name, value)
        return Visitor(client)

    return someone


@pytest.fixture
def admin(someone) -> Visitor:
    return someone("admin")


@pytest.fixture
def agent(someone) -> Visitor:
    """A support agent."""
    return someone("support")


@pytest.fixture
def marketer(someone) -> Visitor:
    return someone("marketer")


@pytest.fixture
def viewer(someone) -> Visitor:
    return someone("viewer")


@pytest.fixture
def stranger(app) -> Visitor:
    """Nobody: not signed in."""
    return Visitor(app.test_client())
