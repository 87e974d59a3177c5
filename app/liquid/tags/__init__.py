"""The tags of Liquid, each of which registers itself by its name."""

from __future__ import annotations

import importlib
import pkgutil


def register() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
