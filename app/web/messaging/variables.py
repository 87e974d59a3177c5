"""The variables of a message, as rows of name and text or as JSON: `promo.code` in a row is an object in JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask_babel.speaklater import LazyString

MOST = 100
LONGEST = 100_000  # characters of JSON
DEEPEST = 20
KINDS: dict[str, LazyString] = {
    "text": _l("text"),
    "number": _l("number"),
    "flag": _l("yes or no"),
    "list": _l("list"),
    "object": _l("object"),
}
YES, NO = {"yes", "true", "1", "on", "да"}, {"no", "false", "0", "off", "нет"}
Row = tuple[str, str, str]  # name, value as it is typed, kind


class Unusable(Exception):
    """These variables cannot be sent; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def from_rows(rows: Iterable[Row]) -> dict[str, Any]:
    """Build the object that rows describe; a row without a value is not sent."""
    found: dict[str, Any] = {}
    for name, value, kind in rows:
        if value and not name:
            raise Unusable(_("Name the variable whose value is “%(value)s”.", value=value[:40]))
        if value:
            _put(found, name, TYPED.get(kind, _text)(name, value))
    return _fit(found)


def _text(_name: str, value: str) -> str:
    return value


def _number(name: str, value: str) -> int | float:
    plain = (
        value.strip()
        .replace("\u2212", "-")
        .replace("\xa0", "")
        .replace("\u202f", "")
        .replace(" ", "")
        .replace(",", ".")
    )
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", plain):
        raise Unusable(_("“%(name)s” is to be a number, and “%(value)s” is none.", name=name[:40], value=value[:40]))
    return float(plain) if "." in plain else int(plain)


def _flag(name: str, value: str) -> bool:
    said = value.strip().lower()
    if said not in YES | NO:
        raise Unusable(_("“%(name)s” is yes or no, not “%(value)s”.", name=name[:40], value=value[:40]))
    return said in YES


def _list(name: str, value: str) -> list[Any]:
    """Read a list: as JSON, or plain words between commas."""
    if not value.strip().startswith("["):
        return [word.strip() for word in value.split(",") if word.strip()]
    found = _json(name, value)
    if not isinstance(found, list):
        raise Unusable(_("“%(name)s” is no list.", name=name[:40]))
    return found


def _object(name: str, value: str) -> dict[str, Any]:
    found = _json(name, value)
    if not isinstance(found, dict):
        raise Unusable(_('“%(name)s” is no object, such as {"id": 1}.', name=name[:40]))
    return found


def _json(name: str, value: str) -> Any:
    try:
        return json.loads(value, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unusable(_("“%(name)s” is no JSON that can be sent.", name=name[:40])) from None


TYPED: dict[str, Callable[[str, str], Any]] = {
    "text": _text,
    "number": _number,
    "flag": _flag,
    "list": _list,
    "object": _object,
}


def _put(found: dict[str, Any], path: str, value: Any) -> None:
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


def to_rows(variables: dict[str, Any], before: str = "") -> list[Row]:
    """Write variables as rows, each with its kind; names with dots and empty values have no place in rows."""
    rows: list[Row] = []
    for name, value in variables.items():
        if value is None or value == "" or "." in name or not name:
            raise Unusable(_("Rows cannot hold “%(name)s”. Leave it as JSON.", name=f"{before}{name}"[:60]))
        if isinstance(value, dict) and value:
            rows += to_rows(value, f"{before}{name}.")
        else:
            rows.append((f"{before}{name}", *_typed(value)))
    return rows


def _typed(value: Any) -> tuple[str, str]:
    """Write a value as it would be typed, with its kind."""
    if isinstance(value, str):
        return value, "text"
    if isinstance(value, bool):
        return "yes" if value else "no", "flag"
    kind = "list" if isinstance(value, list) else "object" if isinstance(value, dict) else "number"
    return json.dumps(value, ensure_ascii=False), kind


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
