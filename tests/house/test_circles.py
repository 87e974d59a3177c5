"""A package and the modules in it do not import each other: whoever reads one need not know the other first."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.house.repository import ROOT, name_of, under

OPT_OUT = re.compile(r"noqa:[^#]*\b(E402|F401)\b")


def imported(path):
    """The modules of ours that a module imports, not counting what only a type checker reads."""
    tree = ast.parse(path.read_text())
    checked_only = {id(node) for block in ast.walk(tree) if is_for_types(block) for node in ast.walk(block)}
    for node in ast.walk(tree):
        if id(node) in checked_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, path)
            children = {f"{base}.{alias.name}" for alias in node.names}
            yield from children & modules().keys() or {base}


def absolute(node, path):
    """The package that `from … import` names, also relatively."""
    if not node.level:
        return node.module or ""
    above = path.relative_to(ROOT).parent.parts[: len(path.relative_to(ROOT).parts) - node.level]
    return ".".join([*above, *filter(None, [node.module])])


def is_for_types(node):
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def module(path: Path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules():
    return {module(path): path for path in under("app", ".py")}


def circles():
    paths = modules()
    imports = {name: set(imported(path)) & paths.keys() for name, path in paths.items()}
    for package, path in paths.items():
        if path.name != "__init__.py":
            continue
        children = {name for name in paths if name.startswith(f"{package}.")}
        for child in sorted(imports[package] & children):
            if any(package in imports[other] for other in reachable(child, imports, children)):
                yield f"{package} and {child}"


def reachable(start, imports, within):
    """A module and all that it leads to in its package."""
    seen, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += imports[name] & within
    return seen


def test_no_package_imports_a_child_that_imports_it():
    assert list(circles()) == []


def test_nothing_is_imported_late_or_unused_to_register_itself():
    marked = [
        f"{name_of(path)}:{number}"
        for folder in ("app", "tools")
        for path in under(folder, ".py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if OPT_OUT.search(line)
    ]
    assert marked == []
