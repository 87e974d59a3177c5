"""The filters of Liquid, each of which registers itself by its name; one that nobody knows changes nothing."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

from app.liquid.errors import LiquidError
from app.liquid.filters.registry import FILTERS, arguments_of
from app.liquid.filters.safety import made_safe

if TYPE_CHECKING:
    from app.liquid.context import Context

for module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{module.name}")


def apply_filter(context: Context, name: str, value: Any, arguments: list[Any]) -> Any:
    """Apply a filter, as Ruby calls it: with a number of arguments that it takes."""
    function = FILTERS.get(name)
    if function is None:
        return value
    fewest, most = arguments_of(function)
    if not fewest <= len(arguments) + 1 <= most:
        expected = f"{fewest}" if fewest == most else f"{fewest}..{most}"
        raise LiquidError(f"wrong number of arguments (given {len(arguments) + 1}, expected {expected})")
    if context.is_html:
        return made_safe(name, function, value, arguments)
    return function(value, *arguments)
