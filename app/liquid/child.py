"""The child process: reads one job a line from standard input, renders it within limits, writes one line back."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any, ClassVar

from liquid import Environment, RenderContext, Undefined
from liquid.exceptions import LiquidError
from liquid.template import BoundTemplate

MEMORY = 512 * 1024 * 1024  # bytes


class Missing(Undefined):
    """A variable that was not given: it prints as nothing, and may lack where a template asks for it."""

    __slots__ = ("is_allowed_for",)

    def __init__(self, name: str, **known: Any) -> None:
        super().__init__(name, **known)
        self.is_allowed_for = False

    def __liquid__(self) -> None:
        self.is_allowed_for = True


class Context(RenderContext):
    """Notes every missing variable by the whole path it was asked by, not only by where the path broke off."""

    noted: ClassVar[list[tuple[str, Missing]]] = []  # of the job at hand

    def get(self, path: list[object], **known: Any) -> object:
        found = super().get(path, **known)
        if isinstance(found, Missing):
            self.noted.append(("".join(_step(place, segment) for place, segment in enumerate(path)), found))
        return found


def _step(place: int, segment: object) -> str:
    if isinstance(segment, str):
        return f".{segment}" if place else segment
    return f"[{'.'.join(map(str, segment)) if isinstance(segment, list) else segment}]"


class Template(BoundTemplate):
    context_class = Context


class Limited(Environment):
    """Templates cannot include others, and loops, variables and output are bounded."""

    template_class = Template
    loop_iteration_limit = 10_000
    local_namespace_limit = 1_000_000
    output_stream_limit = 1_000_000


PLAIN = Limited(undefined=Missing)
HTML = Limited(undefined=Missing, autoescape=True)


def main() -> None:
    _limit_memory()
    _say("ready")
    for line in sys.stdin:
        job = json.loads(line)
        _say(json.dumps(_variables(job["sources"]) if job.get("only_variables") else _rendered(job)))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # macOS has the call but refuses it; the clock still holds
        import resource  # noqa: PLC0415  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _rendered(job: dict[str, Any]) -> dict[str, Any]:
    Context.noted.clear()
    texts = {}
    for part, source in job["sources"].items():
        environment = HTML if part in job["html"] else PLAIN
        try:
            texts[part] = environment.from_string(source).render(job["variables"])
        except LiquidError as wrong:
            return {"error": str(wrong.message)[:300], "part": part, "line": _line(wrong)}
        except (RecursionError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError) as wrong:
            return {"error": f"The template cannot be rendered: {type(wrong).__name__}", "part": part, "line": None}
    return {"texts": texts, "missing": _missing()}


def _variables(sources: dict[str, str]) -> dict[str, Any]:
    """Name the variables that templates ask for, without rendering them: each once, in the order of appearance."""
    paths = []
    for part, source in sources.items():
        try:
            found = PLAIN.from_string(source).analyze(include_partials=False).globals.values()
        except LiquidError as wrong:
            return {"error": str(wrong.message)[:300], "part": part, "line": _line(wrong)}
        except (RecursionError, ValueError, TypeError, LookupError, AttributeError) as wrong:
            return {"error": f"The template cannot be read: {type(wrong).__name__}", "part": part, "line": None}
        asked = sorted((variable for same in found for variable in same), key=lambda variable: variable.span.index)
        paths += ["".join(_step(place, step) for place, step in enumerate(one.segments)) for one in asked]
    return {"variables": list(dict.fromkeys(paths))}


def _missing() -> list[str]:
    """Name each missing variable once, in the order of appearance."""
    return list(dict.fromkeys(path for path, variable in Context.noted if not variable.is_allowed_for))


def _line(wrong: LiquidError) -> int | None:
    with suppress(ValueError):
        place = wrong.context()
        return place[0] if place else None
    return None


if __name__ == "__main__":
    main()
