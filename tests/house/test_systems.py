"""The table of systems (docs/systems.md) says what the code does: operation, handler in the box, page of the desk."""

import ast
import importlib
import pkgutil
import re
from functools import cache

import pytest

import app.engine.handlers
from app.engine.answers import ANSWERED
from app.rees46.catalogue import operation_named
from tests.house.repository import ROOT, under
from tests.house.test_acts import operation_named as named_by

for module in pkgutil.iter_modules(app.engine.handlers.__path__):
    importlib.import_module(f"{app.engine.handlers.__name__}.{module.name}")

ROW = re.compile(r"\| (\d+) \| ([EJP]) \| (.+?) \| (\S+) \| (\S+) \| (\S+) \|")
TABLE = [match.groups() for match in map(ROW.fullmatch, (ROOT / "docs/systems.md").read_text().splitlines()) if match]
REACHED = [(number, *row) for number, kind, _name, *row in TABLE if kind != "P"]
# These have no page yet; the list may only become shorter.
WITHOUT_A_PAGE: set[int] = set()
IMPORTED = re.compile(r"(?:from|import) (app\.(?:web|work)[.\w]*)")


def test_the_table_has_every_system_once():
    assert [int(number) for number, *_rest in TABLE] == list(range(1, 81))
    kinds = [kind for _number, kind, *_rest in TABLE]
    assert (kinds.count("E"), kinds.count("J"), kinds.count("P")) == (59, 6, 15)


@pytest.mark.parametrize(("number", "operation", "handler", "_page"), REACHED, ids=str)
def test_a_system_has_an_operation_that_the_box_answers(number, operation, handler, _page):
    kind = operation_named(operation.strip("`"))
    assert kind, number
    answer = ANSWERED[kind].handler
    assert handler == f"`{answer.__module__.removeprefix('app.engine.')}.{answer.__name__}`"


def test_a_rule_of_the_protocol_names_the_module_that_keeps_it():
    names = [handler.strip("`").replace(".", "/") for _number, kind, _name, _op, handler, _page in TABLE if kind == "P"]
    assert [name for name in names if not (ROOT / f"app/engine/{name}.py").exists()] == []


def test_what_has_no_page_is_said_and_becomes_less():
    assert {int(number) for number, _operation, _handler, page in REACHED if page == "–"} == WITHOUT_A_PAGE


@pytest.mark.parametrize(
    ("number", "operation", "page"), [(number, op, page) for number, op, _handler, page in REACHED if page != "–"]
)
def test_a_system_is_used_by_its_page_and_tried_by_its_tests(number, operation, page):
    name = page.strip("`")
    assert operation.strip("`") in operations_of(name), number
    tests = [*(ROOT / "tests/pages").glob(f"test_{name}*.py"), *(ROOT / "tests/pages" / name).glob("test_*.py")]
    assert any(f"/{name}/" in path.read_text() for path in tests), name


@cache
def operations_of(page):
    """The operations that a page names, itself or in the shared modules that it imports."""
    own = under(f"app/pages/{page}", ".py")
    shared = {name for path in own for name in IMPORTED.findall(path.read_text())}
    files = [ROOT / f"{name.replace('.', '/')}.py" for name in shared]
    return set().union(*(named_in(path) for path in [*own, *files] if path.exists()))


@cache
def named_in(path):
    tree = ast.parse(path.read_text())
    modules, classes = {}, {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.rees46"):
            domain = node.module.removeprefix("app.rees46").lstrip(".")
            for name in node.names:
                plain = f"{domain}.{name.name}" if domain else name.name
                (classes if domain else modules)[name.asname or name.name] = plain
    return {operation for node in ast.walk(tree) if (operation := named_by(node, modules, classes))}


def test_no_system_without_a_page_is_used_by_one():
    """Who gives a system its page says so in the table."""
    pages = sorted(path.name for path in (ROOT / "app/pages").iterdir() if (path / "__init__.py").exists())
    used = set().union(*(operations_of(page) for page in pages))
    missing = {operation.strip("`") for _number, operation, _handler, page in REACHED if page == "–"}
    assert sorted(missing & used) == [], "Name their page in docs/systems.md, and shorten WITHOUT_A_PAGE"
