"""Style, script and icons: few requests, kept for ever, changed by changing their address."""

import json
import re

import brotli
import pytest

from app.web.http import assets
from tools.assets import ROOT, icons

NAMES = sorted(assets.FILES)


@pytest.fixture
def address(app):
    def of(name):
        with app.test_request_context():
            return assets.asset(name)

    return of


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_kept_for_ever(app, address, name):
    answer = app.test_client().get(address(name))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_old_address_gives_the_present_file_and_is_not_kept(app, address):
    old = re.sub("/assets/[0-9a-f]+/", "/assets/000000000000/", address("site.css"))
    answer = app.test_client().get(old)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_an_unknown_name_is_not_found(app, address):
    url = address("site.css").replace("site.css", "../../wsgi.py")
    assert app.test_client().get(url).status_code == 404


def test_a_file_is_sent_compressed(app, address):
    answer = app.test_client().get(address("site.css"), headers={"Accept-Encoding": "br"})
    assert brotli.decompress(answer.data) == app.test_client().get(address("site.css")).data


def test_the_layers_come_first_in_the_style(app, address):
    style = app.test_client().get(address("site.css")).text
    assert style.index("@layer reset, tokens, base, components, utilities;") < style.index("{")


def test_comments_of_the_style_stay_at_home(app, address):
    style = app.test_client().get(address("site.css")).text
    assert "/*" not in style
    rules = [
        file.read_text() for file in (assets.STATIC / "css").glob("*.css") if "@layer components {" in file.read_text()
    ]
    assert style.count("@layer components {") == len(rules)


def test_no_module_of_the_script_sees_the_names_of_another(app, address):
    script = app.test_client().get(address("site.js")).text
    depth = [line for line in script.splitlines() if re.match(r"(const|let|var|function|import|export) ", line)]
    modules = script.count("\n}\n{\n") + 1
    assert modules == len(list((assets.STATIC / "js").glob("*.js")))
    assert not [line for line in depth if line.startswith(("import", "export"))]


def test_no_style_has_a_colour_of_its_own():
    """Colours live in tokens.css; white under a QR code is the one exception."""
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(", re.IGNORECASE)
    for file in (assets.STATIC / "css").glob("*.css"):
        lines = [line.strip() for line in file.read_text().splitlines() if colour.search(line)]
        assert file.name == "tokens.css" or all(".qr" in line for line in lines), f"{file.name}: {lines}"


def test_every_icon_that_is_asked_for_is_in_the_sprite(app, address):
    sprite = app.test_client().get(address("icons.svg")).text
    missing = [name for name in icons() if f'id="{name}"' not in sprite]
    assert not missing, f"{missing}: python tools/assets.py puts them in"


def test_what_comes_from_npm_is_pinned_by_its_hash_and_names_no_host():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert sorted(packages) == ["node_modules/htmx.org", "node_modules/lucide-static"]
    assert all(
        package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages.values()
    )
