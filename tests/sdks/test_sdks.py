"""Third-party SDKs, byte for byte as their makers published them, against `wsgi:engine`.

Their sources are not ours to keep. THIRD_PARTY_SDKS names a folder that has them: `php/REES46.php`; `java/src`, with
the SDK's own SdkTest, beside the JARs it needs; `react-native*`, each a release (4.0.18 is the newest that was driven),
and `node_modules` with axios 0.21 and esbuild. Their hosts are constants, so each runs in a network of its own in which
these are the box.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

from app import engine
from app.config import Settings
from app.engine.seed import small

HERE = Path(__file__).parent
SDKS = Path(os.environ.get("THIRD_PARTY_SDKS") or "/nonexistent")
RELEASES = sorted(path.name for path in SDKS.glob("react-native*"))
pytestmark = pytest.mark.skipif(not SDKS.is_dir(), reason="THIRD_PARTY_SDKS names no folder with the SDKs' sources")


@pytest.fixture
def run(tmp_path):
    """Run a command beside a box with the demo shop, and give what it prints."""
    settings = Settings(var=tmp_path)
    engine.upgrade(settings)
    small(settings)

    def run(*command, **env):
        namespace = ["unshare", "--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child"]
        env |= {"DESK46_VAR": str(tmp_path), "NODE_PATH": f"{SDKS}/node_modules", "NODE_TLS_REJECT_UNAUTHORIZED": "0"}
        ran = subprocess.run(
            [*namespace, "bash", HERE / "inside.sh", *command],
            env=os.environ | env,
            cwd=HERE.parents[1],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    return run


def test_the_php_client_understands_every_answer(run):
    said = json.loads(run("php", HERE / "drive.php", SDKS / "php"))
    assert (said.pop("ssid"), said.pop("kept")) == (36, "mine")
    assert all(said.pop(event) for event in ("view", "cart", "remove_from_cart", "rate", "purchase", "hashed"))
    assert all(isinstance(ids, list) for ids in said.values())
    assert said["popular"]


def test_the_java_client_passes_its_own_tests(run, tmp_path):
    classes = ":".join([str(tmp_path), *map(str, SDKS.glob("java/*.jar"))])
    sources = [str(path) for path in SDKS.glob("java/src/**/*.java")]
    subprocess.run(["javac", "-nowarn", "-cp", classes, "-d", tmp_path, *sources], check=True, capture_output=True)
    keys = {"REES46_SHOP_CODE": "demo", "REES46_SHOP_SECRET_KEY": "demo-secret"}
    assert "OK (6 tests)" in run("java", "-cp", classes, "junit.textui.TestRunner", "com.rees46.sdk.SdkTest", **keys)


@pytest.mark.parametrize("release", RELEASES)
def test_all_that_an_app_sends_is_taken(run, tmp_path, release):
    sent = json.loads(run("node", HERE / "drive.cjs", SDKS / release, tmp_path / "sdk.cjs"))
    refused = {one for one in sent if not one.endswith(" 200")}
    assert refused - {"get /search/blank 401"} == set()  # 4.0.3 sends nothing with it, not even the shop's ID
    assert len(sent) > 30
