"""The strict reading of what stands in `{{ … }}`: it brings the parts into the form that expressions are read in.

Liquid reads an output strictly first, and leniently if that fails: `{{ a . b }}` is `a.b` only by the strict reading.
"""

from __future__ import annotations

import re

from app.liquid.errors import FaultySyntax

TOKEN = re.compile(
    r"""[\t\n\v\f\r ]*(?:
    (?P<comparison> == | != | <> | <=? | >=? | contains(?=[\t\n\v\f\r ]) )
    | (?P<string> '[^']*' | "[^"]*" )
    | (?P<number> -?[0-9]+(?:\.[0-9]+)? )
    | (?P<id> [a-zA-Z_][a-zA-Z0-9_-]*\?? )
    | (?P<dotdot> \.\. )
    | (?P<sign> [|.:,\[\]()?-] )
    )""",
    re.VERBOSE,
)
END = ("end", "")


class StrictReader:
    """The tokens of a markup, taken one after the other; FaultySyntax where another one was to come."""

    def __init__(self, markup: str) -> None:
        self._tokens = list(_tokens(markup))
        self._place = 0

    def is_next(self, kind: str, ahead: int = 0) -> bool:
        place = self._place + ahead
        return place < len(self._tokens) and self._tokens[place][0] == kind

    def take(self, kind: str) -> str:
        if not self.is_next(kind):
            raise FaultySyntax(f"Expected {kind} but found {self._tokens[self._place][1] or 'the end'}")
        self._place += 1
        return self._tokens[self._place - 1][1]

    def take_if(self, kind: str) -> bool:
        if self.is_next(kind):
            self._place += 1
            return True
        return False

    def argument(self) -> str:
        """Take an argument of a filter: `"a"`, or `name: "a"`."""
        name = f"{self.take('id')}{self.take(':')} " if self.is_next("id") and self.is_next(":", 1) else ""
        return name + self.expression()

    def expression(self) -> str:
        if self.is_next("string") or self.is_next("number"):
            return self.take(self._tokens[self._place][0])
        if self.is_next("id"):
            return self.take("id") + self._steps()
        if self.is_next("["):
            return f"{self.take('[')}{self.expression()}{self.take(']')}{self._steps()}"
        if self.is_next("("):
            self.take("(")
            first = self.expression()
            self.take("dotdot")
            last = self.expression()
            self.take(")")
            return f"({first}..{last})"
        raise FaultySyntax(f"{self._tokens[self._place][1] or 'The end'} is no expression")

    def _steps(self) -> str:
        steps = ""
        while True:
            if self.is_next("["):
                steps += f"{self.take('[')}{self.expression()}{self.take(']')}"
            elif self.is_next("."):
                steps += f"{self.take('.')}{self.take('id')}"
            else:
                return steps


def _tokens(markup: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    place = 0
    markup = markup.rstrip("\t\n\v\f\r ")
    while place < len(markup):
        match = TOKEN.match(markup, place)
        if match is None:
            raise FaultySyntax(f"Unexpected character {markup[place:].strip()[:1]}")
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        tokens.append((text if kind == "sign" else kind, text))
        place = match.end()
    return [*tokens, END]
