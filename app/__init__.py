"""Desk46: the dashboard over REES46.

Its parts are imported when it is built: the engine and the contract are in this package too, and need none of them.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from flask import Flask

    from app.config import Settings

PARTS = [
    "http.logs",
    "http.cost",
    "http.compression",
    "http.security",
    "remembered",
    "language",
    "sign_in.login",
    "http.arrivals",
    "sign_in.access",
    "shops",
    "menu",
    "frame",
    "render",
    "filters",
    "moments",
    "http.assets",
    "charts",
    "customers.keys",
    "acts.labels",
    "panels.call_panel",
    "calls.drift",
    "calls.recorder",
    "messaging.languages",
    "customer_page.openings",
    "pictures",
    "safeguards.brakes",
    "errors",
    "panels.offered",
    "tables.choosing",
    "tables.columns",
    "masking",  # the last one: it sees answers first, before they are compressed
    "http.large_uploads",
]


def create_app(settings: Settings, box: WSGIApplication | None = None) -> Flask:
    """Build the dashboard. `box` is the REES46 of this process, for installations without a real one."""
    from flask import Flask  # noqa: PLC0415  # see above
    from jinja2 import StrictUndefined  # noqa: PLC0415  # see above

    from app import pages  # noqa: PLC0415  # see above
    from app.incoming import guard  # noqa: PLC0415  # see above
    from app.rees46.inprocess import BOX_URL  # noqa: PLC0415  # see above
    from app.store import open_desk  # noqa: PLC0415  # see above
    from app.version import VERSION  # noqa: PLC0415  # see above
    from app.web.calls.addresses import new_desk_session  # noqa: PLC0415  # see above
    from app.web.render import Templates  # noqa: PLC0415  # see above

    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    app.jinja_environment = Templates
    app.extensions["settings"] = settings
    app.extensions["desk"] = open_desk(settings)
    app.extensions["box_url"] = BOX_URL
    app.extensions["rees46_session"] = new_desk_session(settings, box)
    app.jinja_env.globals["version"] = VERSION
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in PARTS:
        importlib.import_module(f"app.web.{part}").init_app(app)
    guard(app)
    for page in pkgutil.iter_modules(pages.__path__):
        _register(app, f"{pages.__name__}.{page.name}")
    return app


def _register(app: Flask, package: str) -> None:
    """Register the blueprint of a page, its views (`views.py` or a folder), and what stands beside them."""
    page = importlib.import_module(package).page
    views = importlib.import_module(f"{package}.views")
    for module in pkgutil.iter_modules(getattr(views, "__path__", [])):
        importlib.import_module(f"{views.__name__}.{module.name}")
    for part in ("schedules", "home_blocks", "customer", "reviews"):
        if importlib.util.find_spec(f"{package}.{part}"):
            importlib.import_module(f"{package}.{part}")
    app.register_blueprint(page)
