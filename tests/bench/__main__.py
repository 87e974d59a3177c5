"""`make bench`: measure what Desk46 promises to be quick at, as ratios. `python -m tests.bench home` runs one."""

import importlib
import os
import pkgutil
import sys
from contextlib import redirect_stdout
from pathlib import Path

from tests import bench


def main(*wanted: str) -> int:
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name.startswith("of_")]
    say(f"{'':44} {'ours':>10} {'bare':>10} {'ratio':>7} {'at most':>8}")
    with Path(os.devnull).open("w") as log, redirect_stdout(log):  # where our own log lines go
        kept = [show(figure) for name in names if not wanted or name[3:] in wanted for figure in measure(name)]
    return 0 if all(kept) else 1


def measure(name):
    return importlib.import_module(f"tests.bench.{name}").measure()


def show(figure) -> bool:
    times = f"{figure.ours * 1000:8.2f}ms {figure.bare * 1000:8.2f}ms"
    verdict = "" if figure.is_kept else "  TOO MUCH"
    say(f"{figure.what:44} {times} {figure.ratio:6.2f}x {figure.at_most:7.2f}x  {figure.against}{verdict}")
    return figure.is_kept


def say(line) -> None:
    print(line, file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
