"""What forms of the benches offer: personas, and the other shops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of an older WTForms

from app.pages.benches.asking import DEVICE
from app.store import benches
from app.web.context import desk
from app.web.forms.fields import choices
from app.web.shops import all_shops, shop

NOBODY = "nobody"

if TYPE_CHECKING:
    from app.pages.benches.forms import CompareFilters


def personas() -> list[SelectChoice]:
    """Offer nobody, and the personas of the shop."""
    with desk().reading() as db:
        found = benches.personas(db, shop().id)
    return choices({"": _("Nobody"), **{persona.id: persona.name for persona in found}})


def columns() -> list[SelectChoice]:
    """Offer whoever a block may be asked for in a column."""
    with desk().reading() as db:
        found = benches.personas(db, shop().id)
    people = {str(persona.id): persona.name for persona in found}
    return choices({"": _("No column"), NOBODY: _("Nobody"), DEVICE: _("My test device"), **people})


def offering(form: CompareFilters) -> CompareFilters:
    """Offer personas and shops."""
    form.left_as.choices = form.right_as.choices = personas()
    others = {each.slug: each.name for each in all_shops() if each.id != shop().id}
    form.right_shop.choices = choices({"": _("This one"), **others})
    return form
