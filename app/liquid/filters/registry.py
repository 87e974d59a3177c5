"""How a function becomes a filter: `@a_filter`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

FilterFunction = Callable[..., Any]
FILTERS: dict[str, FilterFunction] = {}


def a_filter(function: FilterFunction) -> FilterFunction:
    """Make a function a filter under its name; one underscore behind it keeps it from hiding Python's own."""
    FILTERS[function.__name__.removesuffix("_")] = function
    return function


@cache
def arguments_of(function: FilterFunction) -> tuple[int, int]:
    """Count the fewest and the most values that a filter takes, what it is applied to among them."""
    parameters = inspect.signature(function).parameters.values()
    return sum(parameter.default is parameter.empty for parameter in parameters), len(parameters)
