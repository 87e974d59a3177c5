"""Run the suite on other Pythons: the oldest and the newest that Desk46 supports, and that of the image.

`make pythons`, or with a part of the suite `make pythons TESTS=tests/store`. uv brings each Python and installs the
pinned packages into an environment of its own, which stays in .venv-pythons for the next time.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ROOT / ".venv-pythons"
NEWEST = "3.14"


def versions() -> list[str]:
    """Name the Pythons, each once, oldest first."""
    target = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["target-version"]
    oldest = re.sub(r"py(\d)(\d+)", r"\1.\2", target)
    image = re.findall(r"^FROM python:(\d+\.\d+)-", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    return sorted({oldest, NEWEST, *image}, key=lambda version: tuple(map(int, version.split("."))))


def run(version: str, tests: list[str]) -> bool:
    """Run tests on one Python; whether all passed."""
    folder = ENVIRONMENTS / version
    uv = str(ROOT / ".venv/bin/uv")
    python = str(folder / "bin/python")
    install = [uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", "requirements-dev.txt"]
    try:
        if not folder.exists():
            subprocess.run([uv, "venv", "--quiet", "--python", version, str(folder)], check=True)
        subprocess.run(install, cwd=ROOT, check=True)
    except subprocess.CalledProcessError:  # uv has said why
        print(f"Python {version} could not be set up.", flush=True)
        return False
    print(f"Python {version}: {' '.join(tests) or 'the suite'}", flush=True)
    how = ["-n", "logical", "--maxprocesses=8", "--dist=worksteal", "-p", "no:cacheprovider"]
    here = os.environ | {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run([python, "-m", "pytest", *how, *tests], cwd=ROOT, env=here, check=False).returncode == 0


def main(tests: list[str]) -> int:
    failed = [version for version in versions() if not run(version, tests)]
    print(f"Failed on Python {', '.join(failed)}." if failed else f"Passed on Python {', '.join(versions())}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
