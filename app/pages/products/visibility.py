"""Why shoppers may not see a product in searches and recommendations: what it lacks, as far as REES46 tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

if TYPE_CHECKING:
    from app.rees46.products import AllNotShown, NotShown, Product


@dataclass(frozen=True)
class Check:
    """One thing that a product needs to be shown; `is_fine` None: REES46 did not say."""

    what: str
    is_fine: bool | None
    why: str


def reasons(product: Product, not_shown: AllNotShown | None) -> list[Check]:
    """Go through what a product needs: first what is wrong, then what was not told."""
    row = _row_of(product, not_shown)
    checks = [*_facts(product), _picture(product, row), _verdict(product, row, not_shown)]
    return sorted(checks, key=lambda check: (check.is_fine is not False, check.is_fine is not None))


def _facts(product: Product) -> list[Check]:
    in_category = bool(product.category_ids or product.categories)
    may_be_shown = None if product.ignored is None else not product.ignored
    return [
        Check(_("In stock"), product.is_available, _("What is not in stock is shown nowhere.")),
        Check(_("Price"), bool(product.price), _("Without a price it is shown nowhere.")),
        Check(_("Name"), bool(product.name), _("Without a name it is shown nowhere.")),
        Check(_("URL"), bool(product.url), _("Without a URL it is shown nowhere.")),
        Check(_("Category"), in_category, _("Without a category it is shown nowhere.")),
        Check(_("Not ignored"), may_be_shown, _("The shop's import says “ignored”: it is never shown.")),
    ]


def _row_of(product: Product, not_shown: AllNotShown | None) -> NotShown | None:
    """Find it among the products that REES46 does not show."""
    own = {product.uniqid, product.id} - {None}
    return next((row for row in not_shown.items if row.uniqid in own), None) if not_shown else None


def _picture(product: Product, row: NotShown | None) -> Check:
    trouble = row.image_downloading_error if row else None
    if trouble:
        return Check(_("Picture"), is_fine=False, why=_("REES46 could not load it: %(why)s", why=trouble))
    return Check(_("Picture"), bool(product.picture or product.image_url), _("Without a picture it is shown nowhere."))


def _verdict(product: Product, row: NotShown | None, not_shown: AllNotShown | None) -> Check:
    """Say what REES46 decided: in the product itself, else by its list of those not shown, all of them in stock."""
    is_whole = not_shown is not None and not_shown.total is not None and not_shown.total <= len(not_shown.items)
    by_list = False if row else True if is_whole and product.is_available else None
    is_shown = by_list if product.widgetable is None else product.widgetable
    return Check(_("Shown by REES46"), is_shown, _("REES46 lists it among the products that it does not show."))
