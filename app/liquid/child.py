"""The child process: reads one job a line from standard input, renders it within limits, writes one line back."""

from __future__ import annotations

import json
import sys
from typing import Any

from app.liquid.analysis import faults_of, variables_of
from app.liquid.context import Context
from app.liquid.errors import TooMuch
from app.liquid.forks import forks_of
from app.liquid.reader import FaultAt, Template

DEEPEST_CALL = 10_000  # of Python's own stack: blocks, lists and objects are nested within each other
LONGEST_WORDS = 300


def main() -> None:
    sys.setrecursionlimit(DEEPEST_CALL)
    sys.set_int_max_str_digits(0)  # a number that grows too long is a matter of time and memory
    _say("ready")
    for line in sys.stdin:
        _say(json.dumps(_done(json.loads(line))))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _done(job: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {"texts": {}, "missing": [], "variables": [], "remarks": [], "forks": []}
    part = ""
    try:
        for part, source in job["sources"].items():  # which part it was is told below
            _do(job, part, Template(source), result)
    except FaultAt as fault:
        return _stopped(str(fault), part, fault.line)
    except TooMuch as limit:
        return _stopped(f"The template asks for too much: {limit}", part)
    except (MemoryError, RecursionError):
        return _stopped("The template takes too much memory", part)
    return result | {name: list(dict.fromkeys(result[name])) for name in ("missing", "variables")}


def _do(job: dict[str, Any], part: str, template: Template, result: dict[str, Any]) -> None:
    """Add what becomes of a part to the result."""
    result["variables"] += variables_of(template.body)
    result["remarks"] += [(part, line, words[:LONGEST_WORDS], False) for line, words in faults_of(template.body)]
    if job.get("only_variables"):
        result["forks"] += [(fork.path, fork.sign, fork.value) for fork in forks_of(template.body)]
        return
    context = Context(json.loads(json.dumps(job["variables"])), is_html=part in job["html"])
    result["texts"][part] = template.render(context)
    result["missing"] += context.missing
    result["remarks"] += [(part, line, words[:LONGEST_WORDS], True) for line, words in context.errors]


def _stopped(words: str, part: str, line: int | None = None) -> dict[str, Any]:
    return {"error": words[:LONGEST_WORDS], "part": part, "line": line}


if __name__ == "__main__":
    main()
