"""Imports of the catalogue that stand in the request log: a file is checked before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.catalogue import page
from app.rees46 import categories, locations, products
from app.web.acts.repeat import Again, lead, repeats

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@repeats(categories.Import, locations.Import, products.Put, products.Sync, products.Remove, by=f"{page.name}.run")
def import_again(_op: object, _again: Again) -> ResponseReturnValue:
    return lead("catalogue.new", "catalogue.new", None)
