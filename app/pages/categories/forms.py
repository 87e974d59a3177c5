"""What narrows the tree, and the list of a category."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, SelectField
from wtforms.validators import Optional

from app.web.forms.fields import Between, choices
from app.web.forms.filters import Filters

DEPTHS = {
    "0": _l("Roots only"),
    "1": _l("Two levels"),
    "2": _l("Three levels"),
    "3": _l("Four levels"),
    "10": _l("All levels"),
}
SORTS = {
    "": _l("What sells most"),
    "price": _l("Highest price first"),
    "price-asc": _l("Lowest price first"),
    "discount": _l("Largest discount first"),
    "date": _l("Newest first"),
    "rating": _l("Best rating first"),
}
Price = Between(min=0, max=1_000_000_000)


class TreeFilters(Filters):
    """How deep the tree is shown, and which categories."""

    depth = SelectField(_l("Depth"), choices=choices(DEPTHS), default="2")
    only_discount = BooleanField(_l("Only with reduced products"))
    counts = BooleanField(_l("Count the products"))


class ListFilters(Filters):
    """What narrows the products of a category; brands and properties are chosen by links."""

    price_min = DecimalField(_l("Price from"), places=None, validators=[Optional(), Price])
    price_max = DecimalField(_l("Price up to"), places=None, validators=[Optional(), Price])
    sort = SelectField(_l("Sorted by"), choices=choices(SORTS), default="")
    discount = BooleanField(_l("Only reduced ones"))
