"""Write a migration for what the models changed since the last one: tools/migrations.py "add a column".

Until the first release there is one revision a database: `tools/migrations.py box` or `desk` writes it anew.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.engine.store.schema import box  # noqa: E402 - the root of the repository has to be on the path first
from app.store.schema import desk  # noqa: E402 - as above

SCHEMAS = {"desk": desk, "box": box}
WORDS = {"desk": "What the dashboard remembers", "box": "What REES46 in a box keeps"}


def main(message: str) -> int:
    if not message.strip():
        print('Say what changes: make migrations MESSAGE="add a column"', file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for name, schema in SCHEMAS.items():
            config = schema.alembic_config(f"sqlite:///{folder}/{name}.db")
            if message == name:
                start_anew(config, name)
            elif message not in SCHEMAS:
                write(config, message)
    return 0


def start_anew(config: Config, name: str) -> None:
    """Replace all revisions of a database by one."""
    versions = Path(ScriptDirectory.from_config(config).versions)
    for revision in versions.glob("[0-9]*.py"):
        revision.unlink()
    command.revision(config, WORDS[name], autogenerate=True, rev_id="0001")
    next(versions.glob("0001_*.py")).rename(versions / "0001_first.py")
    tidy(versions)


def write(config: Config, message: str) -> None:
    """Compare the models with a database that has every migration so far; number what is new."""
    command.upgrade(config, "head")
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    command.revision(
        config, message, autogenerate=True, rev_id=f"{number:04}", process_revision_directives=leave_out_the_empty
    )
    tidy(Path(ScriptDirectory.from_config(config).versions))


def tidy(versions: Path) -> None:
    """Give Alembic's text the shape that the linters want."""
    for command_ in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *command_, str(versions)], check=True)


def leave_out_the_empty(_context: object, _revision: object, directives: list[Any]) -> None:
    if directives[0].upgrade_ops.is_empty():
        directives.clear()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
