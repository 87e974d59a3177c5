"""What the box answers besides operations: health, short links' redirects, the outbox. One `init_app` each."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from app.engine.http import pages

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Hang up every plain route that is found in the folder `plain`."""
    for module in pkgutil.iter_modules(pages.__path__):
        importlib.import_module(f"{pages.__name__}.{module.name}").init_app(app)
