"""Liquid templates, rendered where they can be killed: `render({"text": "{{ a }}"}, {"a": "b"})`.

The box renders what it sends, the dashboard renders previews of pasted templates; both must survive a template that
asks for too much. So it happens in a child process with limits on time, memory, loops and
output (decisions.md#liquid-limits).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.liquid.pool import Pool, TookTooLong

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import JsonValue

LONGEST_SOURCE = 100_000  # characters of one template; an e-mail with its styles is about 60,000
SECONDS = 2.0
_pool = Pool(size=2)


@dataclass(frozen=True)
class Rendered:
    """The texts by the names of their sources, and the paths of variables that were printed but not given."""

    texts: dict[str, str]
    missing: tuple[str, ...]


class Unrenderable(Exception):
    """A template is wrong or asks for too much. `part` names it, `line` is where, counted from 1."""

    def __init__(self, message: str, part: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.part = part
        self.line = line


def render(
    sources: Mapping[str, str],
    variables: Mapping[str, JsonValue],
    *,
    html: Collection[str] = (),
    seconds: float = SECONDS,
) -> Rendered:
    """Render templates with the same variables; in those named in `html` variables are escaped."""
    job = {"sources": dict(sources), "variables": dict(variables), "html": list(html)}
    result = _run(job, seconds)
    return Rendered(result["texts"], tuple(result["missing"]))


def variables_of(sources: Mapping[str, str], *, seconds: float = SECONDS) -> tuple[str, ...]:
    """Name the variables that templates ask for, by their whole paths: `promo.code`."""
    return tuple(_run({"sources": dict(sources), "only_variables": True}, seconds)["variables"])


def _run(job: dict[str, Any], seconds: float) -> dict[str, Any]:
    for part, source in job["sources"].items():
        if len(source) > LONGEST_SOURCE:
            raise Unrenderable(f"The template is longer than {LONGEST_SOURCE:,} characters", part)
    try:
        result: dict[str, Any] = json.loads(_pool.run(json.dumps(job), seconds))
    except TookTooLong:
        raise Unrenderable(f"The template takes longer than {seconds:g} seconds or too much memory") from None
    except RecursionError:
        raise Unrenderable("The variables are nested too deeply") from None
    if "error" in result:
        raise Unrenderable(result["error"], result["part"], result["line"])
    return result
