"""The box runs where there is no dashboard."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WITHOUT_THE_DASHBOARD = """
import sys

class Gone:
    def find_spec(self, name, *_):
        if name in {"app.web", "app.pages", "app.store", "flask_login", "flask_wtf", "wtforms", "htmx_flask"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Gone())
from app import engine
from app.config import Settings
from app.engine.seed import small
engine.upgrade(Settings())
small(Settings())
import app.engine.worker.main
import wsgi
visitor = wsgi.engine.test_client()
print(visitor.get("/health").status_code, visitor.get("/outbox").status_code)
print(visitor.get("/promo_codes?shop_id=demo&shop_secret=demo-secret").json[0]["id"])
"""


def test_the_engine_serves_at_the_root_with_the_dashboard_deleted(tmp_path):
    command = [sys.executable, "-W", "error", "-c", WITHOUT_THE_DASHBOARD]
    environment = {"DESK46_VAR": str(tmp_path), "PYTHONPATH": str(ROOT), "DESK46_PUBLIC_URL": "http://localhost"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert run.stderr == ""
    assert run.stdout.split() == ["200", "200", "3184"]
