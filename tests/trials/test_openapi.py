"""Tools of others read the OpenAPI document and ask the box by it.

They stand in an environment of their own, which `make trial` makes. The short form needs none of them: tests/engine has
it in test_as_described.py (statuses, types of content, schemas) and test_samples.py (examples).
"""

import json
import re
import subprocess
import sys
from threading import Thread

import pytest
from werkzeug.serving import make_server

from app import engine
from app.config import Settings
from app.engine.http.app import create_box
from app.engine.search.indexer import Indexer
from app.engine.seed import small
from app.rees46.openapi import document
from tests.house.repository import ROOT
from tests.serving import Silent

TOOLS = ROOT / ".venv-trial/bin"
SECRET = "X-Shop-Secret: demo-secret"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
SECONDS = 60


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where a box with the demo shop answers on this machine."""
    settings = Settings(var=tmp_path_factory.mktemp("trial"), public_url="http://localhost", box_import_rate=0)
    engine.upgrade(settings)
    small(settings)
    box = create_box(settings)
    Indexer(settings, box.extensions["db"]).round()
    server = make_server("127.0.0.1", 0, box, threaded=True, request_handler=Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    box.extensions["db"].engine.dispose()


@pytest.fixture(scope="module")
def described(address, tmp_path_factory):
    path = tmp_path_factory.mktemp("described") / "openapi.json"
    path.write_text(json.dumps(document(address, "demo")))
    return path


def tool(name, *words, **how):
    """Run a tool of others; its words are shown when it fails."""
    ran = subprocess.run([TOOLS / name, *words], capture_output=True, text=True, check=False, **how)
    sys.stdout.write(ran.stdout[-20_000:] + ran.stderr[-5_000:])
    return ran


@pytest.mark.trial(short="tests/engine/test_as_described.py::test_an_answer_is_as_it_is_described")
def test_schemathesis_finds_nothing_in_a_minute(address, described, tmp_path):
    limits = ["--max-time", str(SECONDS), "--seed", "46", "--workers", "2", "--continue-on-failure", "--no-color"]
    where = ["--url", address, "-H", SECRET, "-c", CHECKS]
    ran = tool("schemathesis", "run", described, *where, *limits, cwd=tmp_path)
    asked = re.search(r"([\d,]+) generated", ran.stdout)
    assert ran.returncode == 0
    assert asked
    assert int(asked[1].replace(",", "")) > 500


@pytest.mark.trial(short="tests/engine/test_as_described.py::test_tools_of_other_languages_can_read_the_patterns")
def test_a_generated_client_sends_and_gets_types(address, described, tmp_path):
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"post_hooks": []}))
    words = ["generate", "--path", described, "--output-path", tmp_path / "client", "--config", config]
    made = tool("openapi-python-client", *words, "--fail-on-warning", cwd=tmp_path)
    assert made.returncode == 0
    assert len(list((tmp_path / "client/rees46_client/api").glob("*/*.py"))) > 150
    script = ROOT / "tests/trials/use_generated_client.py"
    ran = tool("python", script, address, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "client")})
    assert ran.stdout.splitlines() == [
        "200 MessagesSmsResponse200 str",
        "200 SearchResultsFound {'SearchResultsProduct'}",
        "204",
    ]
