"""The formatter lays out all code; what it may not touch is a revision that must not change any more."""

import re

from tests.house.repository import name_of, under

SKIPPED = re.compile(r"#\s*fmt:\s*(skip|off)")
ITSELF = "tests/house/test_format.py"
# Frozen: their checksum is in tests/house/frozen_revisions.json.
FROZEN = re.compile(r"app/\w+/migrations/versions/")


def test_no_code_is_kept_from_the_formatter():
    paths = [path for folder in ("app", "tests", "tools") for path in under(folder, ".py")]
    kept = {name_of(path) for path in paths if SKIPPED.search(path.read_text())} - {ITSELF}
    assert {name for name in kept if not FROZEN.match(name)} == set()
