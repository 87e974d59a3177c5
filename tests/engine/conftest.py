"""A box with two empty shops, and ways to ask it. Every test here runs on SQLite and on PostgreSQL."""

import shutil

import pytest

from app import engine
from app.config import Settings
from app.database import Database
from app.engine.http.app import create_box
from app.engine.search.indexer import Indexer
from app.engine.seed import small
from app.engine.store.base import Base
from app.engine.store.db import Circumstances, Db
from app.engine.store.segments import Segment
from app.engine.store.shops import Shop, shop_of
from app.rees46.client import Client, new_session
from app.rees46.inprocess import BOX_URL, InProcess
from tests.engine.asking import SECRET, SHOP, Shopkeeper
from tests.installation import SharedBox, made_once


def furnish(database: Database) -> None:
    """Add two shops; to the first one a static segment 1 and a dynamic segment 2, of women."""
    with database.writing() as db:
        first, second = (Shop(shop_id=name, secret=f"{name}-secret", name=name.title()) for name in (SHOP, "other"))
        db.add_all([first, second])
        db.flush()
        segment = {"shop_id": first.id, "created": db.now}
        db.add(Segment(**segment, number=1, name="Put in by hand", kind="static", rule=[]))
        db.add(Segment(**segment, number=2, name="Women", kind="dynamic", rule=[{"field": "gender", "is": "f"}]))


def empty(database: Database) -> None:
    """Remove every row: all in one statement, since there are many tables and little in them."""
    with database.writing() as db:
        deletes = [str(table.delete()) for table in reversed(Base.metadata.sorted_tables)]
        db.connection(execution_options={"no_parameters": True}).exec_driver_sql("; ".join(deletes))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A furnished SQLite file that is only copied."""

    def make(folder):
        url = f"sqlite:///{folder}/box.db"
        engine.upgrade(Settings(box_database_url=url))
        database = Database(url, Db)
        furnish(database)
        database.engine.dispose()

    return made_once(tmp_path_factory, "prepared", make) / "box.db"


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """The folder of a box with the small seed and an index of its products, which is only copied."""

    def make(folder):
        settings = Settings(var=folder)
        engine.upgrade(settings)
        small(settings)
        database = Database(settings.box_database, Db)
        Indexer(settings, database).round()
        database.engine.dispose()

    made = made_once(tmp_path_factory, "seeded", make)
    return shutil.copytree(made, tmp_path_factory.mktemp("seeded"), dirs_exist_ok=True)


@pytest.fixture(scope="session")
def seeded_box(seeded):
    """The box over the seeded shop that the tests of a worker use one after the other."""
    return SharedBox(create_box(Settings(var=seeded, public_url="http://localhost")))


@pytest.fixture
def seeded_wire(seeded, seeded_box, usual, tmp_path):
    """Raw requests to a seeded box of this test's own."""
    shutil.copytree(seeded, tmp_path, dirs_exist_ok=True)
    yield seeded_box.moved(usual.model_copy(update={"var": tmp_path})).test_client()
    seeded_box.rest()


@pytest.fixture(scope="module")
def read_wire(seeded, tmp_path_factory):
    """Raw requests to a seeded box that a module only reads from."""
    folder = tmp_path_factory.mktemp("read")
    shutil.copytree(seeded, folder, dirs_exist_ok=True)
    box = create_box(Settings(var=folder, public_url="http://localhost"))
    yield box.test_client()
    box.extensions["db"].engine.dispose()


@pytest.fixture(scope="session")
def kept(postgres):
    """A PostgreSQL database that is emptied after each test: quicker than a new one."""
    url = postgres.fresh()
    engine.upgrade(Settings(box_database_url=url))
    database = Database(url, Db)
    yield database
    database.engine.dispose()


@pytest.fixture(scope="session")
def usual():
    """Settings that were read and checked once, which takes a while."""
    return Settings(public_url="http://localhost")


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, usual, tmp_path):
    """An installation of this test's own, on either database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("prepared"), tmp_path / "box.db")
        yield usual.model_copy(update={"var": tmp_path, "box_database_url": f"sqlite:///{tmp_path}/box.db"})
        return
    kept = request.getfixturevalue("kept")
    furnish(kept)
    url = kept.url.render_as_string(hide_password=False)
    yield usual.model_copy(update={"var": tmp_path, "box_database_url": url})
    empty(kept)


@pytest.fixture(scope="session")
def shared_boxes():
    """The boxes that the tests of a worker use one after the other, by the kind of their database."""
    return {}


@pytest.fixture
def box(settings, shared_boxes):
    kind = settings.box_database.partition(":")[0]
    shared = shared_boxes.get(kind) or shared_boxes.setdefault(kind, SharedBox(create_box(settings)))
    yield shared.moved(settings)
    shared.rest()


@pytest.fixture
def wire(box):
    """Raw requests, as strangers write them."""
    return box.test_client()


@pytest.fixture
def shop(box):
    """The client of the first shop, with its secret."""
    return Client(BOX_URL, SHOP, SECRET, session=new_session({BOX_URL: InProcess(box)}))


@pytest.fixture
def other_shop(box):
    """The client of the second shop."""
    return Client(BOX_URL, "other", "other-secret", session=new_session({BOX_URL: InProcess(box)}))


@pytest.fixture
def sdk(box):
    """The client of an app or a site: it has no secret."""
    return Client(BOX_URL, SHOP, session=new_session({BOX_URL: InProcess(box)}))


@pytest.fixture
def database(box):
    return box.extensions["db"]


@pytest.fixture
def db(database, settings):
    """A look at what the box keeps for the first shop."""
    with database.reading() as db:
        db.at = Circumstances(shop_of(db, SHOP), settings)
        db.rollback()  # what the test does now is seen at the first look
        yield db


@pytest.fixture
def keeper(shop, settings):
    """The first shop, asked in short."""
    return Shopkeeper(shop, settings)
