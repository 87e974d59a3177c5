"""The README knows every setting, and none that does not exist."""

import re

from app.config import Settings
from tests.house.repository import ROOT, kept, name_of

SETTING = re.compile(r"DESK46_[A-Z][A-Z0-9_]*")
ONLY_FOR_TESTS = {"DESK46_TEST_POSTGRES_URL"}


def declared():
    return {f"DESK46_{name.upper()}" for name in Settings.model_fields}


def test_every_setting_is_in_the_readme_and_no_other():
    in_readme = set(SETTING.findall((ROOT / "README.md").read_text()))
    assert declared() - in_readme == set(), "not in README.md"
    assert in_readme - declared() - ONLY_FOR_TESTS == set(), "README.md knows settings that do not exist"


def test_every_setting_says_what_it_is_for():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_every_setting_is_optional():
    assert [name for name, field in Settings.model_fields.items() if field.is_required()] == []


def test_the_environment_is_read_in_one_place_only():
    readers = [
        name_of(path)
        for path in kept()
        if path.suffix == ".py"
        and name_of(path).startswith("app/")
        and re.search(r"os\.(environ|getenv)", path.read_text())
    ]
    assert readers == ["app/run/__main__.py"], "Settings come from app.config; PORT alone is the supervisor's"
