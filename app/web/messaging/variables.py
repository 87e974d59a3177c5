"""The variables of a message, as rows of name and text or as JSON: `promo.code` in a row is an object in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 100
LONGEST = 100_000  # characters of JSON
DEEPEST = 20


class Unusable(Exception):
    """These variables cannot be sent; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def from_rows(rows: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Build the object that rows describe; a row without a value is not sent."""
    found: dict[str, Any] = {}
    for name, value in rows:
        if value and not name:
            raise Unusable(_("Name the variable whose value is “%(value)s”.", value=value[:40]))
        if value:
            _put(found, name, value)
    return _fit(found)


def _put(found: dict[str, Any], path: str, value: str) -> None:
    steps = path.split(".")
    if not all(step.strip() for step in steps) or len(steps) > DEEPEST:
        raise Unusable(_("“%(name)s” is no name of a variable.", name=path[:40]))
    place = found
    for step in steps[:-1]:
        place = place.setdefault(step, {})
        if not isinstance(place, dict):
            raise Unusable(_("“%(name)s” has a value of its own and parts as well.", name=step[:40]))
    if steps[-1] in place:
        raise Unusable(_("“%(name)s” is there twice.", name=path[:40]))
    place[steps[-1]] = value


def from_json(text: str) -> dict[str, Any]:
    """Read the object that was written as JSON."""
    if len(text) > LONGEST:
        raise Unusable(_("This is too long."))
    try:
        found = json.loads(text or "{}", parse_constant=_no_number)
    except json.JSONDecodeError as wrong:
        where = {"line": wrong.lineno, "column": wrong.colno}
        raise Unusable(_("This is no JSON: look at line %(line)s, column %(column)s.", **where)) from None
    except (ValueError, RecursionError):
        raise Unusable(_("This is no JSON that can be sent.")) from None
    if not isinstance(found, dict):
        raise Unusable(_('Write an object, such as {"first_name": "Anna"}.'))
    return _fit(found)


def _no_number(name: str) -> None:
    raise ValueError(name)


def _fit(found: dict[str, Any]) -> dict[str, Any]:
    """Refuse what no database and no JSON of others takes: NUL, half characters, endless nesting."""
    if len(found) > MOST:
        raise Unusable(_("There are more than %(most)s variables.", most=MOST))
    if not _is_flat_enough(found, DEEPEST):
        raise Unusable(_("The variables are nested too deeply."))
    text = json.dumps(found, ensure_ascii=False)
    if "\\u0000" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Unusable(_("This holds a sign that cannot be sent."))
    return found


def _is_flat_enough(value: Any, levels: int) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels >= 0 and all(_is_flat_enough(one, levels - 1) for one in inside)


def to_rows(variables: dict[str, Any], before: str = "") -> list[tuple[str, str]]:
    """Write variables as rows; lists have no place in rows."""
    rows: list[tuple[str, str]] = []
    for name, value in variables.items():
        if isinstance(value, list) or "." in name or not name:
            raise Unusable(_("Rows cannot hold “%(name)s”. Leave it as JSON.", name=f"{before}{name}"[:60]))
        if isinstance(value, dict):
            rows += to_rows(value, f"{before}{name}.")
        else:
            rows.append((f"{before}{name}", value if isinstance(value, str) else json.dumps(value)))
    return rows


def to_json(variables: dict[str, Any]) -> str:
    return json.dumps(variables, ensure_ascii=False, indent=2)


def lacking(wanted: Iterable[str], variables: dict[str, Any]) -> list[str]:
    """Name those of the wanted paths that these variables do not have."""
    return [path for path in wanted if not _has(variables, path)]


def _has(variables: Any, path: str) -> bool:
    step, _dot, rest = path.partition(".")
    name, bracket, _place = step.partition("[")
    if not isinstance(variables, dict) or name not in variables:
        return False
    return _has(variables[name], rest) if rest and not bracket else True
