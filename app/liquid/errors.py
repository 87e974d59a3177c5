"""What goes wrong in a template."""

from __future__ import annotations


class LiquidError(Exception):
    """Something cannot be done: Liquid prints "Liquid error: …" in its place and goes on."""


class InternalError(LiquidError):
    """What Liquid itself did not expect: it prints no more than "internal"."""

    def __init__(self) -> None:
        super().__init__("internal")


class FaultySyntax(Exception):
    """The template cannot be read, so nothing is rendered."""


class TooMuch(Exception):
    """The template asks for more than a template may have. REES46 has limits, too, and does not tell which."""
