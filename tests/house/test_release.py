"""Versions stand in one place, CHANGELOG.md goes by them, and a tag comes after the suite."""

import subprocess

import pytest

from app.version import VERSION
from tests.house.repository import ROOT
from tools.release import SEMANTIC, CannotRelease, current, newest_heading, release


def test_the_newest_heading_of_the_changelog_is_the_present_version():
    assert SEMANTIC.fullmatch(VERSION)
    assert newest_heading(ROOT)[0] == current(ROOT) == VERSION


@pytest.fixture
def repository(tmp_path):
    """A repository with a version that can be released."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/version.py").write_text('VERSION = "1.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.0\n\n- New.\n\n## 1.1.0 (2026-01-01)\n\n- Old.\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "user.email", "test@example.com")
    git(tmp_path, "config", "user.name", "Test")
    commit(tmp_path)
    return tmp_path


def git(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Something")


def test_a_release_is_dated_tagged_and_followed_by_the_next(repository):
    assert release(repository, tests=("true",)) == "v1.2.0"
    assert git(repository, "log", "--format=%s").splitlines() == ["Begin 1.3.0", "Release 1.2.0", "Something"]
    tagged = git(repository, "show", "v1.2.0:CHANGELOG.md")
    assert "## 1.2.0 (20" in tagged
    assert "## 1.3.0" not in tagged
    assert git(repository, "show", "v1.2.0:app/version.py") == 'VERSION = "1.2.0"\n'
    assert (current(repository), newest_heading(repository)) == ("1.3.0", ("1.3.0", None, ""))


def changelog(text):
    def change(folder):
        (folder / "CHANGELOG.md").write_text(text)
        commit(folder)

    return change


@pytest.mark.parametrize(
    ("change", "how", "words"),
    [
        (lambda folder: (folder / "new").touch(), {}, "not committed"),
        (lambda folder: git(folder, "tag", "v1.2.0"), {}, "tagged already"),
        (changelog("# Changelog\n\n## 1.2.0\n\n## 1.1.0\n\n- Old.\n"), {}, "what changed in 1.2.0"),
        (changelog("# Changelog\n\n## 1.2.0 (2026-01-01)\n\n- New.\n"), {}, "what changed in 1.2.0"),
        (changelog("# Changelog\n\n## Unreleased\n\n- New.\n"), {}, "what changed in 1.2.0"),
        (changelog("# Changelog\n"), {}, "no heading"),
        (lambda _folder: None, {"following": "1.2.0"}, "comes after"),
        (lambda _folder: None, {"following": "next"}, "comes after"),
        (lambda _folder: None, {"tests": ("false",)}, "Not everything passes"),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_is_changed(change, how, words, repository):
    change(repository)
    before = git(repository, "log", "--format=%H"), (repository / "CHANGELOG.md").read_text()
    with pytest.raises(CannotRelease, match=words):
        release(repository, **{"tests": ("true",)} | how)
    assert (git(repository, "log", "--format=%H"), (repository / "CHANGELOG.md").read_text()) == before
