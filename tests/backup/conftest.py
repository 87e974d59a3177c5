"""Places to restore into: they have tables and no rows, and are copied, since to make the tables takes long."""

import shutil

import pytest

from app.engine.store.schema import box as box_schema
from app.store.schema import desk as desk_schema
from tests.furnishing import settings_in
from tests.installation import made_once


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """SQLite files that are only copied."""

    def make(folder):
        desk_schema.upgrade_to_head(f"sqlite:///{folder}/desk.db")
        box_schema.upgrade_to_head(f"sqlite:///{folder}/box.db")

    return made_once(tmp_path_factory, "empty", make)


@pytest.fixture
def elsewhere(request, empty):
    """Give empty databases of a kind, with the same key: `elsewhere(folder, "postgresql")`."""

    def elsewhere(folder, kind="sqlite", **more):
        if kind == "sqlite":
            shutil.copytree(empty, folder)
            return settings_in(folder, **more)
        folder.mkdir()
        fresh = request.getfixturevalue("postgres").fresh
        desk, box = fresh("desk", desk_schema.upgrade_to_head), fresh("box", box_schema.upgrade_to_head)
        return settings_in(folder, database_url=desk, box_database_url=box, **more)

    return elsewhere
