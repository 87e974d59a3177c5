"""Liquid templates, rendered as REES46 renders them: `render({"text": "{{ a }}"}, {"a": "b"})`.

The platform renders by Ruby's Liquid 5.4, leniently and within Rails. No library of Python prints the same, so this is
Liquid itself, held to what Ruby prints by a table of cases (decisions.md#liquid-as-ruby-prints-it). The box renders
what it sends, the dashboard renders previews of pasted templates; both must survive a template that asks for too much.
So it happens in a child process with limits on time, memory, loops and output (decisions.md#liquid-limits).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.liquid.forks import Fork
from app.liquid.pool import Busy, Pool
from app.processes.sandbox import TookTooMuch

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import JsonValue

__all__ = ["Busy", "Fork", "Remark", "Rendered", "Unrenderable", "forks_of", "render", "variables_of"]

LONGEST_SOURCE = 100_000  # characters of one template; an e-mail with its styles is about 60,000
SECONDS = 2.0
_pool = Pool(size=2)


@dataclass(frozen=True)
class Remark:
    """Something in a template that its writer hardly meant: Liquid prints an error in its place, or passes over it."""

    part: str
    line: int
    words: str
    is_printed: bool


@dataclass(frozen=True)
class Rendered:
    """The texts by the names of their sources, and what there is to say of them."""

    texts: dict[str, str]
    missing: tuple[str, ...]  # paths of variables that were printed but not given
    variables: tuple[str, ...] = ()  # paths of all variables that the templates ask for
    remarks: tuple[Remark, ...] = ()


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
    owner: str = "",
) -> Rendered:
    """Render templates with the same variables; in those named in `html` variables are escaped.

    `owner` is the person who asks, who has no more than one rendered at a time; `Busy` if there are too many.
    """
    job = {"sources": dict(sources), "variables": dict(variables), "html": list(html)}
    result = _result(job, seconds, owner)
    remarks = tuple(Remark(*remark) for remark in result["remarks"])
    return Rendered(result["texts"], tuple(result["missing"]), tuple(result["variables"]), remarks)


def variables_of(sources: Mapping[str, str], *, seconds: float = SECONDS, owner: str = "") -> tuple[str, ...]:
    """Name the variables that templates ask for, by their whole paths: `promo.code`."""
    return tuple(_result({"sources": dict(sources), "only_variables": True}, seconds, owner)["variables"])


def forks_of(sources: Mapping[str, str], *, owner: str = "") -> tuple[Fork, ...]:
    """Name what decides which way templates go: each variable with what it is compared with, each once."""
    result = _result({"sources": dict(sources), "only_variables": True}, SECONDS, owner)
    return tuple(dict.fromkeys(Fork(*fork) for fork in result["forks"]))


def _result(job: dict[str, Any], seconds: float, owner: str) -> dict[str, Any]:
    for part, source in job["sources"].items():
        if len(source) > LONGEST_SOURCE:
            raise Unrenderable(f"The template is longer than {LONGEST_SOURCE:,} characters", part)
    try:
        result: dict[str, Any] = json.loads(_pool.run(json.dumps(job), seconds, owner))
    except TookTooMuch:
        raise Unrenderable(f"The template takes longer than {seconds:g} seconds or too much memory") from None
    except RecursionError:
        raise Unrenderable("The variables are nested too deeply") from None
    if "error" in result:
        raise Unrenderable(result["error"], result["part"], result["line"])
    return result
