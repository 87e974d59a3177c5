"""Write a migration for what the models changed since the last one: tools/migrations.py "add a column"."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.engine.store import schema as box  # noqa: E402 - the root of the repository has to be on the path first
from app.store import schema as desk  # noqa: E402 - as above


def main(message: str) -> int:
    if not message.strip():
        print('Say what changes: make migrations MESSAGE="add a column"', file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for name, schema in (("desk", desk), ("box", box)):
            write(schema.alembic_config(f"sqlite:///{folder}/{name}.db"), message)
    return 0


def write(config: Config, message: str) -> None:
    """Compare the models with a database that has every migration so far; number what is new."""
    command.upgrade(config, "head")
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    command.revision(
        config, message, autogenerate=True, rev_id=f"{number:04}", process_revision_directives=leave_out_the_empty
    )


def leave_out_the_empty(_context: object, _revision: object, directives: list[Any]) -> None:
    if directives[0].upgrade_ops.is_empty():
        directives.clear()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
