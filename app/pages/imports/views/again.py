"""Imports that stand in the request log: people are brought by a file, which is checked before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.imports import page
from app.rees46 import imports
from app.web.acts.repeat import Again, lead, repeats

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@repeats(imports.Audience, imports.Suppressed, by=f"{page.name}.run")
def import_again(_op: object, _again: Again) -> ResponseReturnValue:
    return lead("imports.new", "imports.new", None)
