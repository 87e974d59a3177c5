"""Write a new revision for what the models changed since the last one: tools/migrations.py "add a column".

It never touches a revision that is there: people have databases made by it. Their checksums are written down first,
and tests/house holds them to these; `--freeze` does only that.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alembic.operations import MigrationScript

ROOT = Path(__file__).resolve().parent.parent
INI = ROOT / "alembic.ini"
FROZEN = ROOT / "tests" / "house" / "frozen_revisions.json"
NAMES = ("desk", "box")


def main(message: str) -> int:
    if not message.strip():
        print('Say what changes: make migrations MESSAGE="add a column"', file=sys.stderr)
        return 2
    freeze()
    if message != "--freeze":
        for name in NAMES:
            write(name, message)
    return 0


def freeze() -> None:
    """Hold every revision that is there to its checksum; one that is held already stays held to what it was."""
    frozen: dict[str, str] = json.loads(FROZEN.read_text()) if FROZEN.exists() else {}
    for name in NAMES:
        for revision in ScriptDirectory.from_config(Config(INI, ini_section=name)).walk_revisions():
            frozen.setdefault(f"{name} {revision.revision}", checksum(Path(revision.path)))
    FROZEN.write_text(json.dumps(frozen, indent=2, sort_keys=True) + "\n")


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(name: str, message: str) -> None:
    """Compare the models with a new database that has every revision so far."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(INI, ini_section=name)
        config.attributes["url"] = f"sqlite:///{folder}/{name}.db"
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, process_revision_directives=leave_out_the_empty)


def leave_out_the_empty(_context: object, _revision: object, directives: Sequence[MigrationScript]) -> None:
    """Write nothing for a database whose models did not change."""
    operations = directives[0].upgrade_ops
    if operations is None or operations.is_empty():
        directives[:] = []  # type: ignore[index]  # it is a list, and Alembic looks into it afterwards


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
