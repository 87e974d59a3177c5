"""The kinds of catalogue imports: which operation each is, what it does to what it does not name, what comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.rees46 import categories, locations, products

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

    from app.rees46.operation import Operation

MB = 1000 * 1000  # the smaller of the two megabytes: a call never weighs more than either
HEAVIEST = 35 * MB  # bytes of a call, as REES46 takes it
BESIDES = 10_000  # bytes of a call beside its list
MOST = 5000  # elements of a call, as REES46 advises


@dataclass(frozen=True)
class Kind:
    """What is imported. `is_single`: it says what there is as a whole, so it is one call, and is never cut."""

    name: str
    label: LazyString
    does: LazyString
    operation: type[Operation[Any]]
    is_single: bool
    behind: tuple[str, ...] = ()  # kinds that REES46 must be through with first

    @property
    def list_name(self) -> str:
        """Under which name the operation has its list."""
        return self.operation.http.streams


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "categories",
            _l("Categories"),
            _l("Replaces the whole tree: what the file does not name disappears. One call of at most 35 MB."),
            categories.Import,
            is_single=True,
        ),
        Kind(
            "locations",
            _l("Locations"),
            _l("Adds locations and changes known ones; no other is touched."),
            locations.Import,
            is_single=False,
            behind=("categories",),
        ),
        Kind(
            "products",
            _l("Products"),
            _l("Adds products and replaces known ones whole; no other is touched."),
            products.Put,
            is_single=False,
            behind=("categories", "locations"),
        ),
        Kind(
            "stock",
            _l("What is in stock"),
            _l("The file names what is in stock: every other product of the shop goes out. One call of at most 35 MB."),
            products.Sync,
            is_single=True,
            behind=("products",),
        ),
        Kind(
            "removal",
            _l("What is not sold any more"),
            _l("Marks the products of the file as out of stock; no other is touched."),
            products.Remove,
            is_single=False,
            behind=("products",),
        ),
    )
}
