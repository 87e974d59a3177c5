"""What is installed is pinned, hashed, and the same wherever it is installed."""

import re

import pytest

from tests.house.repository import ROOT, kept, name_of

PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(\[[^\]]*])?==(\S+)", re.MULTILINE)
NAME = re.compile(r"^([A-Za-z0-9][\w.-]*)", re.MULTILINE)
REGISTRY = re.compile(
    r"(pypi\.org|pythonhosted|registry\.npmjs|npmjs\.org|files\.python|deb\.debian|--(extra-)?index-url)"
)


def pins(name):
    return {normal(package): version for package, _, version in PIN.findall((ROOT / name).read_text())}


def normal(package):
    return re.sub(r"[-_.]+", "-", package).lower()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-trial.txt"])
def test_every_requirement_is_pinned_with_hashes(name):
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text())
    loose = [block.splitlines()[0] for block in blocks[1:] if "==" not in block or "--hash=sha256:" not in block]
    assert not loose


@pytest.mark.parametrize("kind", ["requirements", "requirements-dev", "requirements-trial"])
def test_every_wish_is_locked(kind):
    wanted = {normal(name) for name in NAME.findall((ROOT / f"{kind}.in").read_text())}
    assert wanted - pins(f"{kind}.txt").keys() == set(), "run: make lock"


def test_development_runs_on_the_same_versions_as_production():
    developed = pins("requirements-dev.txt")
    differing = {name: version for name, version in pins("requirements.txt").items() if developed.get(name) != version}
    assert differing == {}


def test_no_file_names_a_registry():
    """Where packages come from is the business of the machine that installs them."""
    own = name_of(ROOT / "tests/house/test_requirements.py")
    texts = [path for path in kept() if path.suffix not in {".png", ".ico", ".svg", ".xlsx"}]
    assert [name_of(path) for path in texts if name_of(path) != own and REGISTRY.search(path.read_text())] == []
