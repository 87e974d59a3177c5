"""Templates hold no code of their own, and nothing in them or in the style sheets is left over."""

import re

import pytest

from tests.house.repository import ROOT, name_of, under

# What the content security policy would block anyway, found before a browser does.
FORBIDDEN = {
    "a style attribute": re.compile(r"""\sstyle\s*=""", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an on… attribute": re.compile(r"""\son[a-z]+\s*=\s*["'{]""", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b"),
    "a js: or javascript: value": re.compile(r"""["'\s](js|javascript):""", re.IGNORECASE),
    "an hx-trigger filter": re.compile(r"""hx-trigger\s*=\s*["'][^"']*\["""),
    "a |safe filter": re.compile(r"\|\s*safe\b"),
    "an address of another host": re.compile(r"""(src|href)\s*=\s*["'](https?:)?//""", re.IGNORECASE),
}
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)\s*\(")
BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")
CSS_CLASS = re.compile(r"\.([a-z][\w-]*)")
SHOWCASE = "styleguide"
MADE = {"htmx-request", "line-2", "line-3"}  # classes that htmx sets, or a number in a template makes


def source(path):
    return COMMENT.sub("", path.read_text())


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    found = [
        f"{name_of(path)}: {match.group(0).strip()}"
        for path in under("templates", ".html")
        for match in FORBIDDEN[what].finditer(source(path))
    ]
    assert not found, "\n".join(found)


def test_every_macro_is_used_by_a_page():
    sources = {path: source(path) for path in under("templates", ".html")}
    code = "\n".join(text for path, text in sources.items() if SHOWCASE not in path.parts)
    calls = MACRO.sub("", code)
    python = "\n".join(path.read_text() for path in under("app", ".py"))
    unused = [
        f"{name_of(path)}: {name}"
        for path, text in sources.items()
        for name in MACRO.findall(text)
        if SHOWCASE not in path.parts
        and not re.search(rf"\b{name}\s*\(", calls)
        and not re.search(rf"""macro\([^()]*"{name}"\)""", python)  # rendered once for many cells of a list
    ]
    assert not unused, "\n".join(unused)


def test_every_block_is_filled_or_fetched():
    sources = {path: source(path) for path in under("templates", ".html")}
    definitions = [name for text in sources.values() for name in set(BLOCK.findall(text))]
    python = "\n".join(path.read_text() for path in under("app", ".py"))
    unused = [
        f"{name_of(path)}: {name}"
        for path, text in sources.items()
        for name in set(BLOCK.findall(text))
        if definitions.count(name) == 1
        and not re.search(rf"""["']{name}["']""", python)
        and not re.search(rf"""\bid=["']{name.replace("_", "-")}["']""", text)  # htmx fetches it by this id
    ]
    assert not unused, "\n".join(unused)


def test_every_style_sheet_is_used():
    """A component's file is used when a class or an element that it styles is met in a template or a script."""
    markup = "\n".join(path.read_text() for path in under("templates", ".html") + under("static/js", ".js"))
    python = "\n".join(path.read_text() for path in under("app", ".py"))
    unused = [
        name_of(path)
        for path in under("static/css", ".css")
        if (classes := set(CSS_CLASS.findall(without_urls(path.read_text()))))
        and not any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", markup + python) for name in classes)
    ]
    assert not unused, f"Nothing uses {unused}"


def test_every_class_of_a_style_sheet_and_every_template_is_used():
    markup = "\n".join(path.read_text() for path in under("templates", ".html") + under("static/js", ".js"))
    met = set(re.findall(r"[\w-]+", markup + "\n".join(path.read_text() for path in under("app", ".py"))))
    styled = {
        name for path in under("static/css", ".css") for name in CSS_CLASS.findall(without_urls(path.read_text()))
    }
    assert not styled - met - MADE
    called = "\n".join(path.read_text() for path in under("templates", ".html") + under("app", ".py"))
    alone = [name_of(path) for path in under("templates", ".html") if f"{path.parent.name}/{path.name}" not in called]
    boxed = [name for name in alone if name.startswith("templates/box/")]  # the box finds its own without the folder
    unused = [name for name in boxed if f'"{name.removeprefix("templates/box/")}"' not in called]
    unused += sorted(set(alone) - set(boxed) - {"templates/base.html"})
    assert not unused, f"Nothing renders {unused}"


def without_urls(css):
    return re.sub(r"url\([^)]*\)|/\*.*?\*/", "", css, flags=re.DOTALL)


def test_scripts_make_no_code_from_text_and_no_markup_from_strings():
    danger = re.compile(
        r"\b(eval|Function|setTimeout\s*\(\s*[\"'])\s*\(|\.innerHTML\s*=|insertAdjacentHTML|document\.write"
    )
    found = [name_of(path) for path in under("static/js", ".js") if danger.search(path.read_text())]
    assert not found, found


def test_pages_take_nothing_from_elsewhere():
    places = [*under("static/css", ".css"), *under("static/js", ".js")]
    found = [name_of(path) for path in places if re.search(r"(https?:)?//[a-z0-9.-]+\.[a-z]{2,}/", path.read_text())]
    assert not found, f"{found} in {ROOT}"
