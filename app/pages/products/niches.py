"""Niche parameters in words: what makes a product of fashion, of a pharmacy or of a bookshop; values as imported."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

NICHES = {
    "fashion": _l("Clothes and shoes"),
    "child": _l("For children"),
    "jewelry": _l("Jewelry"),
    "cosmetic": _l("Cosmetics"),
    "pharmacy": _l("Pharmacy"),
    "book": _l("Book"),
    "realty": _l("Real estate"),
    "auto": _l("For cars"),
    "fmcg": _l("Everyday goods"),
    "pets": _l("For pets"),
}
LABELS = {
    "action": _l("Sale or rent"),
    "age": _l("Age"),
    "aroma": _l("Aroma"),
    "author": _l("Author"),
    "bracelet_sizes": _l("Bracelet sizes"),
    "breed": _l("Breed"),
    "chain_sizes": _l("Chain sizes"),
    "color": _l("Colour"),
    "colors": _l("Colours"),
    "compatibility": _l("Fits"),
    "condition": _l("Condition"),
    "editor": _l("Editor"),
    "family": _l("Family of aromas"),
    "feature": _l("Feature"),
    "gem": _l("Gem"),
    "gender": _l("Gender"),
    "hair": _l("Hair"),
    "hypoallergenic": _l("Hypoallergenic"),
    "illustrator": _l("Illustrator"),
    "isbn": _l("ISBN"),
    "metal": _l("Metal"),
    "nail": _l("Nails"),
    "part": _l("Part of the body"),
    "perfume": _l("Perfume"),
    "periodic": _l("Bought again and again"),
    "polish_color": _l("Colour of the polish"),
    "professional": _l("For professionals"),
    "publisher": _l("Publisher"),
    "ring_sizes": _l("Ring sizes"),
    "series": _l("Series"),
    "size": _l("Size"),
    "sizes": _l("Sizes"),
    "skin": _l("Skin"),
    "space": _l("Square metres"),
    "type": _l("Kind"),
    "vds": _l("Vehicle descriptions (VDS)"),
    "volumes": _l("Volumes"),
    "year": _l("Year"),
}


def in_words(name: str, told: Any) -> tuple[str, list[tuple[str, str]]] | None:
    """Give the title of a niche and its parameters; None when nothing was told of it."""
    pairs = [(label, text) for label, text in _pairs(told) if text] if isinstance(told, dict) else []
    return (str(NICHES[name]), pairs) if pairs else None


def _pairs(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Walk a niche; a part within, such as skin, stands before the names of what is in it."""
    pairs: list[tuple[str, str]] = []
    for name, value in told.items():
        label = str(LABELS.get(name, name))
        if isinstance(value, dict) and not value.keys() & {"min", "max", "final"}:
            pairs += [(f"{label} · {inner}", text) for inner, text in _pairs(value)]
        else:
            pairs.append((label, _text(value)))
    return pairs


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return _span(value) if value.keys() & {"min", "max", "final"} else " ".join(map(_text, value.values())).strip()
    if isinstance(value, list):
        return ", ".join(text for one in value if (text := _text(one)))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _span(value: dict[str, Any]) -> str:
    """Write from where to where: years, or square metres."""
    if (final := value.get("final")) is not None:
        return _text(final)
    low, high = _text(value.get("min")), _text(value.get("max"))
    if low and high:
        return f"{low} – {high}"
    return _("from %(low)s", low=low) if low else _("up to %(high)s", high=high)
