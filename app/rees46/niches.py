"""Niche properties of an item: what makes a product of fashion, of a pharmacy or of a bookshop.

Source: reference 002, "Нишевые параметры" (rees46.md#catalogue-items).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

Said = str | int | float
Some = list[Said] | Said
Truth = bool | int | float | str
Above = Annotated[float, Meta(gt=0, le=1e12)]


class Niche(Struct, omit_defaults=True, gc=False):
    """A part of an item; it holds nothing that could hold it. Names that are not ours are passed over."""

    several: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        """Make of one value a list where a list is due."""
        for name in self.several:
            if (value := getattr(self, name)) is not None and not isinstance(value, list):
                setattr(self, name, [value])


class Color(Struct, omit_defaults=True):
    """A colour and how the product looks in it."""

    color: Said | None = None
    picture: str | None = None


class Fashion(Niche):
    """Clothes and shoes."""

    several: ClassVar[tuple[str, ...]] = ("sizes",)

    gender: Said | None = None
    type: Said | None = None
    sizes: Some | None = None
    colors: list[Color] | None = None
    feature: Said | None = None


class Span(Struct, omit_defaults=True):
    """From where to where: years of a child, square metres of a flat."""

    min: float | None = None
    max: float | None = None
    final: float | None = None


class Child(Struct, omit_defaults=True):
    """Goods for children."""

    type: Said | None = None
    gender: Said | None = None
    age: Span | None = None


class Jewelry(Niche):
    """Jewelry."""

    several: ClassVar[tuple[str, ...]] = ("ring_sizes", "bracelet_sizes", "chain_sizes")

    gender: Said | None = None
    color: Said | None = None
    metal: Said | None = None
    gem: Said | None = None
    ring_sizes: Some | None = None
    bracelet_sizes: Some | None = None
    chain_sizes: Some | None = None


class Care(Niche):
    """What a cosmetic is for: parts of the body, types and conditions of skin or hair."""

    several: ClassVar[tuple[str, ...]] = ("part", "type", "condition")

    part: Some | None = None
    type: Some | None = None
    condition: Some | None = None


class Nail(Struct, omit_defaults=True):
    """Nail polish."""

    type: Said | None = None
    polish_color: Said | None = None


class Perfume(Struct, omit_defaults=True):
    """Perfume."""

    aroma: Said | None = None
    family: Said | None = None


class Cosmetic(Struct, omit_defaults=True):
    """Cosmetics."""

    gender: Said | None = None
    hypoallergenic: Truth | None = None
    periodic: Truth | None = None
    skin: Care | None = None
    hair: Care | None = None
    nail: Nail | None = None
    perfume: Perfume | None = None
    professional: Truth | None = None


class Volume(Struct, omit_defaults=True):
    """A size of a medicine and its price."""

    value: Said | None = None
    price: Above | None = None


class Pharmacy(Struct, omit_defaults=True):
    """Medicine."""

    volumes: list[Volume] | None = None


class Book(Niche):
    """Books."""

    several: ClassVar[tuple[str, ...]] = ("isbn",)

    author: Said | None = None
    publisher: Said | None = None
    series: Said | None = None
    editor: Said | None = None
    illustrator: Said | None = None
    year: Annotated[int, Meta(gt=1700)] | None = None
    isbn: Some | None = None

    def __post_init__(self) -> None:
        """Refuse a year to come."""
        Niche.__post_init__(self)
        if self.year is not None and self.year > datetime.now(UTC).year:
            raise ValueError("`year` lies in the future")


class Realty(Struct, omit_defaults=True):
    """Flats and houses."""

    action: Said | None = None
    type: Said | None = None
    space: Span | None = None


class Car(Struct, omit_defaults=True):
    """A car that a part fits."""

    brand: Said | None = None
    model: Said | None = None


class Auto(Struct, omit_defaults=True):
    """Goods for cars."""

    vds: Said | list[Said] | None = None
    periodic: Truth | None = None
    compatibility: list[Car] | None = None


class Fmcg(Struct, omit_defaults=True):
    """Goods of every day."""

    hypoallergenic: Truth | None = None
    periodic: Truth | None = None


class Pets(Struct, omit_defaults=True):
    """Goods for pets."""

    periodic: Truth | None = None
    breed: Said | None = None
    type: Said | None = None
    age: Said | None = None
    size: Said | None = None
