"""All operations, by name."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from typing import Any

from .operation import Operation


@cache
def every_operation() -> tuple[type[Operation[Any]], ...]:
    """List every operation of the contract, by name."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        importlib.import_module(f"{__package__}.{module.name}")
    operations: list[type[Operation[Any]]] = []
    waiting: list[type[Any]] = list(Operation.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if "http" in vars(kind) and kind.__module__.startswith(f"{__package__}."):
            operations.append(kind)
    return tuple(sorted(operations, key=lambda kind: kind.name()))


def operation_named(name: str) -> type[Operation[Any]] | None:
    """Find an operation by its name, such as `segments.Add`."""
    return next((kind for kind in every_operation() if kind.name() == name), None)


def domain(kind: type[Operation[Any]]) -> str:
    """Name the module an operation belongs to: `segments`."""
    return kind.name().partition(".")[0]
