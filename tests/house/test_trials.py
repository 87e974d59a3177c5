"""What `make trial` runs for long, the suite runs in short: each trial names its short form, which is there."""

import ast

import pytest

from tests.house.repository import ROOT, name_of, under


def trials():
    """Find every mark of a trial: its file, its line, and the short form that it names."""
    for path in under("tests", ".py"):
        source = path.read_text()
        if "mark.trial" not in source:  # most files: to parse them all takes each worker seconds
            continue
        tree = ast.parse(source)
        calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "pytest.mark.trial":
                call = calls.get(id(node))
                named = [word.value for word in call.keywords if word.arg == "short"] if call else []
                yield path, node.lineno, text_of(tree, *named) if named else ""


def text_of(tree, value):
    """A text, or what the constant of the module with that name holds."""
    if isinstance(value, ast.Constant):
        return value.value
    assignments = [node for node in tree.body if isinstance(node, ast.Assign)]
    return next(node.value.value for node in assignments if ast.unparse(node.targets[0]) == value.id)


TRIALS = [pytest.param(path, short, id=f"{name_of(path)}:{line}") for path, line, short in trials()]


def test_there_are_trials():
    assert len(TRIALS) >= 8


@pytest.mark.parametrize(("path", "short"), TRIALS)
def test_a_trial_names_its_short_form(path, short):
    assert short, 'say which test of the suite is its short form: pytest.mark.trial(short="test_…")'
    file, _, name = short.rpartition("::")
    source = (ROOT / file if file else path).read_text()
    tests = {node.name: node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    assert name in tests
    marks = [ast.unparse(mark) for mark in tests[name].decorator_list]
    assert not [mark for mark in marks if mark.startswith("pytest.mark.trial")], "the suite does not run it either"
