"""Rooms stay small and are named after what is in them."""

import ast
import re

from tests.house.repository import functions, lines, name_of, under

LIMITS = {
    ("app", ".py"): 250,
    ("tools", ".py"): 250,
    ("tests", ".py"): 400,
    ("templates", ".html"): 250,
    ("static/css", ".css"): 100,
    ("static/js", ".js"): 40,
}
VIEW_LINES = 25
ROUTES = {"route", "get", "post", "put", "patch", "delete"}
EMPTY_WORDS = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?|services?|stuff)(_|$)")


def test_no_file_outgrows_its_room():
    too_long = [
        f"{name_of(path)}: {lines(path)} lines, {limit} at most"
        for (folder, suffix), limit in LIMITS.items()
        for path in under(folder, suffix)
        if lines(path) > limit and path.parent.name != "versions"  # Alembic writes migrations as long as they are
    ]
    assert not too_long, "\n".join(["Find the second noun in these files:", *too_long])


def test_every_view_fits_a_screen():
    too_long = [
        f"{name_of(path)}:{view.lineno} {view.name}: {length} lines, {VIEW_LINES} at most"
        for path in under("app/pages", ".py")
        for view in functions(path)
        if is_view(view) and (length := view.end_lineno - view.lineno + 1) > VIEW_LINES
    ]
    assert not too_long, "\n".join(too_long)


def is_view(function: ast.FunctionDef) -> bool:
    called = [mark.func for mark in function.decorator_list if isinstance(mark, ast.Call)]
    return any(isinstance(mark, ast.Attribute) and mark.attr in ROUTES for mark in called)


def test_every_module_is_named_after_what_is_in_it():
    empty = [
        name_of(path)
        for folder in ("app", "tools", "tests")
        for path in under(folder, ".py")
        if EMPTY_WORDS.search(path.stem) or EMPTY_WORDS.search(path.parent.name)
    ]
    assert not empty, f"These names say nothing: {empty}"
