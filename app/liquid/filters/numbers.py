"""Filters that calculate, exactly: 0.1 and 0.2 make 0.3."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

from app.liquid.errors import InternalError, LiquidError
from app.liquid.filters.registry import a_filter
from app.liquid.values.numbers import Number, from_number, to_number

EXACT = Context(prec=2_000, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])  # a float has 309 digits before its point at most
LARGEST_PLACE = 2**31


@a_filter
def plus(value: Any, other: Any) -> int | float:
    return _calculated(operator.add, value, other)


@a_filter
def minus(value: Any, other: Any) -> int | float:
    return _calculated(operator.sub, value, other)


@a_filter
def times(value: Any, other: Any) -> int | float:
    return _calculated(operator.mul, value, other)


@a_filter
def divided_by(value: Any, other: Any) -> int | float:
    """Divide; whole numbers by whole ones without a rest, downwards."""
    return _calculated(_quotient, value, other)


def _quotient(number: Number, other: Number) -> Number:
    if not isinstance(number, int) or not isinstance(other, int):
        return Decimal(number) / other  # by 0: Infinity, or NaN
    if other == 0:
        raise LiquidError("divided by 0")
    return number // other


@a_filter
def modulo(value: Any, other: Any) -> int | float:
    """Give the rest of a division; it has the sign of the divisor."""
    return _calculated(_rest, value, other)


def _rest(number: Number, other: Number) -> Number:
    if other == 0:
        raise LiquidError("divided by 0")
    if isinstance(number, int) and isinstance(other, int):
        return number % other
    rest = Decimal(number) % other
    if rest == 0:
        return Decimal(0)  # never -0.0
    return rest + other if (rest < 0) != (other < 0) else rest


def _calculated(operation: Callable[[Any, Any], Number], value: Any, other: Any) -> int | float:
    with localcontext(EXACT):
        return from_number(operation(to_number(value), to_number(other)))


@a_filter
def abs_(value: Any) -> int | float:
    number = to_number(value)
    return from_number(number.copy_abs() if isinstance(number, Decimal) else abs(number))


@a_filter
def at_least(value: Any, least: Any) -> int | float:
    return _calculated(max, value, least)


@a_filter
def at_most(value: Any, most: Any) -> int | float:
    return _calculated(min, value, most)


@a_filter
def ceil(value: Any) -> int:
    return _whole(to_number(value), ROUND_CEILING)


@a_filter
def floor(value: Any) -> int:
    return _whole(to_number(value), ROUND_FLOOR)


def _whole(number: Number, rounding: str) -> int:
    if isinstance(number, int):
        return number
    with localcontext(EXACT):
        return int(_finite(number).to_integral_value(rounding))


@a_filter
def round_(value: Any, places: Any = 0) -> int | float:
    """Round; a half goes away from zero."""
    number, place = to_number(value), int(to_number(places))
    if abs(place) >= LARGEST_PLACE:
        raise InternalError
    with localcontext(EXACT):
        rounded = _rounded(number, place)
    return from_number(rounded) if place > 0 else int(rounded)


def _rounded(number: Number, place: int) -> Number:
    if isinstance(number, int):
        return number if place >= 0 else int(_at_place(Decimal(number), place))
    return number if place > -_finite(number).as_tuple().exponent else _at_place(number, place)  # type: ignore[operator]  # it is finite


def _at_place(number: Decimal, place: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-place), ROUND_HALF_UP)


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        words = "'NaN' (Not a Number)" if number.is_nan() else f"'{number}'"
        raise LiquidError(f"Computation results in {words}")
    return number
