"""Release the version that app/version.py names: `make release`, or `make release NEXT=2.0.0` to say what comes after.

It runs every check and every test first. Then it dates the newest heading of CHANGELOG.md, commits and tags, and
begins the next version. Nothing is pushed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'^VERSION = "(.+)"$', re.MULTILINE)
SEMANTIC = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
HEADING = re.compile(r"^## (\S+)(?: \((.+)\))?\n", re.MULTILINE)


class CannotRelease(Exception):
    """Says what stands in the way. Nothing was changed."""


def release(root: Path, following: str = "", tests: tuple[str, ...] = ("make", "test")) -> str:
    """Release what stands in a repository; gives the name of the tag."""
    version = current(root)
    following = following or _next_minor(version)
    _check(root, version, following)
    if subprocess.run(tests, cwd=root, check=False).returncode:
        raise CannotRelease("Not everything passes, so nothing was released.")
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    _rewrite(root / "CHANGELOG.md", f"## {version}\n", f"## {version} ({today})\n")
    _git(root, "commit", "--quiet", "--all", "--message", f"Release {version}")
    _git(root, "tag", "--annotate", "--message", f"Desk46 {version}", f"v{version}")
    _rewrite(root / "CHANGELOG.md", f"## {version} (", f"## {following}\n\n## {version} (")
    _rewrite(root / "app/version.py", f'"{version}"', f'"{following}"')
    _git(root, "commit", "--quiet", "--all", "--message", f"Begin {following}")
    return f"v{version}"


def current(root: Path) -> str:
    """Read the version."""
    found = VERSION.search((root / "app/version.py").read_text())
    if found is None or not SEMANTIC.fullmatch(found[1]):
        raise CannotRelease("app/version.py names no version such as 1.2.3.")
    return found[1]


def newest_heading(root: Path) -> tuple[str, str | None, str]:
    """Read from CHANGELOG.md what it says of the newest version: its number, its date if it is released, its lines."""
    text = (root / "CHANGELOG.md").read_text()
    found = HEADING.search(text)
    if found is None:
        raise CannotRelease("CHANGELOG.md has no heading of a version.")
    return found[1], found[2], text[found.end() :].partition("\n## ")[0].strip()


def _check(root: Path, version: str, following: str) -> None:
    if _git(root, "status", "--porcelain"):
        raise CannotRelease("There are changes that are not committed.")
    if _git(root, "tag", "--list", f"v{version}"):
        raise CannotRelease(f"v{version} is tagged already.")
    if not SEMANTIC.fullmatch(following) or _numbers(following) <= _numbers(version):
        raise CannotRelease(f"{following} is no version that comes after {version}.")
    heading, date, lines = newest_heading(root)
    if heading != version or date or not lines:
        raise CannotRelease(
            f"CHANGELOG.md has to begin with what changed in {version}, under a heading without a date."
        )


def _next_minor(version: str) -> str:
    major, minor, _patch = _numbers(version)
    return f"{major}.{minor + 1}.0"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _rewrite(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new, 1))


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def main(following: str = "") -> int:
    try:
        tag = release(ROOT, following)
    except CannotRelease as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Tagged {tag}. To publish it: git push --follow-tags")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
