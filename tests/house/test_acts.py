"""Every act of the audit trail is said in words, by the page that does it; every action of the palette can be done."""

import ast
import re
from functools import cache, partial

import pytest
from flask_babel import force_locale

from app.rees46.catalogue import every_operation
from app.web.page import Page
from tests.house.repository import ROOT, name_of, under

# Older versions wrote these; they stand in trails.
NO_LONGER_DONE = {"messages.Settle", "promo_codes.Settle"}
CHANGING = {kind.name() for kind in every_operation() if not kind.http.only_reads}
ACT = re.compile(r"[a-z_]+\.[A-Z]\w+")
WRITERS = {ROOT / "app/web/rees46.py", ROOT / "app/store/upkeep.py"}  # where `noted` and `note_upkeep` are
WRITES = {"noted", "new_act", "act_of_mine", "note_event", "upkeep.note_upkeep"}
PLACES = ("app/pages", "app/web", "app/backup", "app/run")
SOURCES = [path for place in PLACES for path in under(place, ".py") if path not in WRITERS]


@pytest.fixture
def pages(app):
    return [page for page in app.blueprints.values() if isinstance(page, Page)]


@cache
def acts_in(path):
    """The acts of the desk's own that a module writes down, and the operations that change something it names."""
    tree = ast.parse(path.read_text())
    modules, classes = {}, {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.rees46"):
            domain = node.module.removeprefix("app.rees46").lstrip(".")
            (classes if domain else modules).update({name.asname or name.name: name.name for name in node.names})
            classes = {name: f"{domain}.{plain}" if "." not in plain else plain for name, plain in classes.items()}
    named = (operation_named(node, modules, classes) for node in ast.walk(tree))
    return {name for name in named if name in CHANGING} | own_acts(tree)


def operation_named(node, modules, classes):
    match node:
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in modules:
            return f"{modules[module]}.{name}"
        case ast.Name(id=name) if name in classes:
            return classes[name]
    return None


def own_acts(tree):
    """The literals that are written down; where a variable is, every literal of the module that could be in it."""
    first = [first_of(node) for node in ast.walk(tree) if is_writing_down(node)]
    named = {node.value for node in first if isinstance(node, ast.Constant)}
    if any(isinstance(node, ast.Name) for node in first):
        constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        named |= {text for text in constants if isinstance(text, str) and ACT.fullmatch(text)}
    return named


def is_writing_down(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func) in WRITES


def first_of(call):
    """What is written down; upkeep is given the session before it."""
    return call.args[1 if ast.unparse(call.func) == "upkeep.note_upkeep" else 0]


def test_every_act_is_called_something(pages):
    said = {what for page in pages for what in page.act_labels}
    silent = {f"{name_of(path)}: {what}" for path in SOURCES for what in acts_in(path) - said}
    assert not silent, "\n".join(["Say these in words, in act_labels of the page (its __init__.py):", *sorted(silent)])


def test_no_act_is_named_by_two_pages_and_none_that_nobody_does(pages):
    said = [what for page in pages for what in page.act_labels]
    done = set().union(*map(acts_in, SOURCES))
    assert sorted({what for what in said if said.count(what) > 1}) == []
    assert sorted(set(said) - done) == sorted(NO_LONGER_DONE)


def test_the_words_of_acts_and_actions_are_there_in_both_languages(app, pages):
    words = [words for page in pages for words in page.act_labels.values()]
    words += [action.title for page in pages for action in page.palette]
    with app.test_request_context():
        spoken = {language: list(map(partial(in_language, language), words)) for language in ("en", "ru")}
    assert all(spoken["en"])
    assert [english for english, russian in zip(*spoken.values(), strict=True) if not is_russian(russian)] == []


def in_language(language, words):
    with force_locale(language):
        return str(words)


def is_russian(words):
    return any("а" <= letter <= "я" for letter in words.lower())


def test_every_action_of_the_palette_has_a_page_and_an_icon(app, pages):
    sprite = (ROOT / "static/vendor/icons.svg").read_text()
    actions = [(f"{page.name}.{action.view}", action.icon) for page in pages for action in page.palette]
    assert actions
    assert [name for name, _icon in actions if name not in app.view_functions] == []
    missing = [icon for _name, icon in actions if f'id="{icon}"' not in sprite]
    assert missing == [], "./setup fetches the icons that the code names"
