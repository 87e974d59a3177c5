"""What is in the repository: the files that git keeps, or would keep."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def kept() -> tuple[Path, ...]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted(ROOT / name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


def files(*patterns: str) -> list[Path]:
    return [path for path in kept() if any(path.relative_to(ROOT).match(pattern) for pattern in patterns)]


def under(folder: str, suffix: str) -> list[Path]:
    return [path for path in kept() if path.suffix == suffix and path.is_relative_to(ROOT / folder)]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text(), str(path))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
