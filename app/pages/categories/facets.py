"""Facets of a list: brands and properties with how many products have each, and the addresses that choose them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _

from app.rees46.search_results import filters_by_name

if TYPE_CHECKING:
    from app.rees46.listings import CategoryPage

SHOWN = 15  # values of one facet
BRAND, PROPERTY = "brand", "property"  # parameters of the query
BETWEEN = "\t"  # a property and its value; neither holds one


@dataclass(frozen=True)
class Value:
    """A value to choose, or to take back."""

    text: str
    count: int | None
    is_chosen: bool
    url: str


@dataclass(frozen=True)
class Facet:
    """A brand or a property, with its values, the most frequent first."""

    name: str
    values: list[Value]


def chosen_brands() -> list[str]:
    return [brand for brand in request.args.getlist(BRAND) if brand and "\0" not in brand]


def chosen_properties() -> dict[str, list[str]]:
    """Read what was chosen, by the name of the property."""
    chosen: dict[str, list[str]] = {}
    for text in request.args.getlist(PROPERTY):
        name, between, value = text.partition(BETWEEN)
        if name and between and value and "\0" not in text:
            chosen.setdefault(name, []).append(value)
    return chosen


def facets_of(page: CategoryPage) -> list[Facet]:
    """Give the facets of what was listed; what is chosen stays, also where it leaves nothing."""
    brands: dict[str, int | None] = {brand.name: brand.count for brand in page.brands}
    facets = [Facet(_("Brand"), _values(BRAND, dict.fromkeys(chosen_brands()) | brands, set(chosen_brands()), ""))]
    for name, values in _by_name(page).items():
        chosen = chosen_properties().get(name, [])
        facets.append(Facet(name, _values(PROPERTY, dict.fromkeys(chosen) | values, set(chosen), f"{name}{BETWEEN}")))
    return [facet for facet in facets if facet.values]


def _by_name(page: CategoryPage) -> dict[str, dict[str, int | None]]:
    """Give properties and the counts of their values, in either of the shapes in which they are told."""
    told = page.filters
    if isinstance(told, list):
        told = filters_by_name([entry.model_dump() for entry in told])
        return {name: dict(facts["values"]) for name, facts in told.items()}
    return {name: dict(facts.values) for name, facts in told.items()}


def _values(parameter: str, counts: dict[str, int | None], chosen: set[str], before: str) -> list[Value]:
    ordered = sorted(counts, key=lambda text: (text not in chosen, -(counts[text] or 0)))
    return [Value(text, counts[text], text in chosen, _toggled(parameter, before + text)) for text in ordered[:SHOWN]]


def _toggled(parameter: str, value: str) -> str:
    """The address with a value chosen, or taken back; the list begins anew."""
    query: dict[str, Any] = request.args.to_dict(flat=False)
    query.pop("page", None)
    before = query.get(parameter, [])
    query[parameter] = [other for other in before if other != value] if value in before else [*before, value]
    return url_for(".category", **query)
