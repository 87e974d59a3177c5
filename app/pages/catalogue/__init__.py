"""Catalogue imports: categories, locations and products from a file, checked, sent in parts, and read back."""

from flask_babel import lazy_gettext as _l

from app.web.page import ADMIN, EVERYONE, MARKETERS, Action, Page

page = Page(
    "catalogue",
    __name__,
    title=_l("Catalogue imports"),
    icon="package-plus",
    section="catalogue",
    place=30,
    menu_of=ADMIN,
    sees=EVERYONE,
    acts=MARKETERS,
    palette=[Action("new", _l("Import a catalogue from a file"), icon="package-plus")],
    act_labels={
        "catalogue.Arrived": _l("Settled that a part of a catalogue arrived, or did not"),
        "catalogue.Run": _l("Let a catalogue import run"),
        "catalogue.Stop": _l("Stopped a catalogue import"),
        "catalogue.Told": _l("REES46 told that a part of a catalogue arrived"),
        "categories.Import": _l("Replaced the categories"),
        "locations.Import": _l("Imported locations"),
        "products.Put": _l("Imported products"),
        "products.Remove": _l("Took products out of stock"),
        "products.Sync": _l("Said what is in stock"),
    },
)

__all__ = ["STAFF", "page"]
