"""What is asked about blocks of recommendations: which there are, what is expected of them, and how one is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length
from wtforms.validators import Optional as MayBeEmpty
from wtforms.widgets import CheckboxInput, ListWidget

from app.pages.benches.blocks import SHOWN
from app.pages.benches.choosing import NOBODY, columns
from app.pages.benches.forms import LONGEST_ID, TO_TYPE, clean
from app.rees46.recommendations import Recommend
from app.rees46.search import LONGEST_QUERY
from app.web.forms.fields import Between, Form, choices, field
from app.web.forms.filters import Filters
from app.web.paging_args import whole_number

if TYPE_CHECKING:
    from app.store.recommender_blocks import RecommenderBlock

NEEDS = {
    "item": _l("a product"),
    "category": _l("a category"),
    "search": _l("what was searched for"),
    "cart": _l("the cart, whose products are left out"),
}
DEAREST = 1_000_000_000
TEXTS = ("item", "category", "search")  # needs that are typed
COLUMNS = ("first", "second", "third")


def _price(label: Any) -> DecimalField:
    return DecimalField(label, places=None, validators=[MayBeEmpty(), Between(min=0, max=DEAREST)])


class ChangeForm(Form):
    """What is said of a block: what its page sends, and what every answer has to meet."""

    name = StringField(
        _l("What it shows"),
        description=_l("Such as: similar, bought together."),
        validators=[MayBeEmpty(), Length(max=120)],
        render_kw={"maxlength": 120},
    )
    needs = SelectMultipleField(
        _l("What its page sends along"),
        choices=choices(NEEDS),
        validators=[MayBeEmpty()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    is_beside = BooleanField(_l("Show it on the pages of products, too"))
    at_least = IntegerField(_l("At least so many products"), validators=[MayBeEmpty(), Between(min=1, max=SHOWN)])
    in_stock = BooleanField(_l("None is out of stock"), description=_l("Each product is read: blocks tell no stock."))
    no_cart = BooleanField(_l("None is in the cart"), description=_l("The cart of whoever it is asked for is read."))
    no_brand = StringField(_l("None is of the brand"), validators=[MayBeEmpty(), Length(max=LONGEST_ID)])
    price_min = _price(_l("None is cheaper than"))
    price_max = _price(_l("None is dearer than"))

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        lowest, highest = self.price_min.data, self.price_max.data
        if fits and lowest is not None and highest is not None and lowest > highest:
            self.price_max.errors = [_l("It is below the lowest price.")]
            return False
        return fits

    def said(self) -> dict[str, Any]:
        """Give what is to be kept of the block besides its code."""
        return {
            "name": (self.name.data or "").strip(),
            "needs": self.needs.data or [],
            "is_beside": bool(self.is_beside.data),
            "expected": self._expected(),
        }

    def _expected(self) -> dict[str, Any]:
        prices = {name: self[name].data for name in ("price_min", "price_max")}
        return {
            name: value
            for name, value in {
                "at_least": self.at_least.data,
                "in_stock": self.in_stock.data,
                "no_cart": self.no_cart.data,
                "no_brand": (self.no_brand.data or "").strip(),
                **{name: None if price is None else float(price) for name, price in prices.items()},
            }.items()
            if value not in (None, "", False)
        }


class RegisterForm(ChangeForm):
    """The same of a block that is not there yet, with its code."""

    code = field(
        Recommend,
        "recommender_code",
        _l("Code of the block"),
        description=_l("As it stands in REES46."),
        render_kw=TO_TYPE,
    )


class TryBlockFilters(Filters):
    """A block, what its page sends, and for whom; nothing of it is personal, for it stands in the URL."""

    block = SelectField(_l("Block"), coerce=whole_number)
    item = StringField(
        _l("Product"), filters=[clean], description=_l("Its ID."), render_kw={"maxlength": LONGEST_ID, **TO_TYPE}
    )
    category = StringField(
        _l("Category"), filters=[clean], description=_l("Its ID."), render_kw={"maxlength": LONGEST_ID, **TO_TYPE}
    )
    search = StringField(
        _l("What was searched for"), filters=[clean], render_kw={"maxlength": LONGEST_QUERY, **TO_TYPE}
    )
    first = SelectField(_l("First column"), default=NOBODY)
    second = SelectField(_l("Second column"), default="")
    third = SelectField(_l("Third column"), default="")

    def offer(self, blocks: list[RecommenderBlock]) -> None:
        self.block.choices = choices({block.id: block.name or block.code for block in blocks})
        self.first.choices = self.second.choices = self.third.choices = columns()

    def said(self) -> dict[str, str]:
        """Give what was typed, by what a block needs."""
        return {name: (self[name].data or "")[:LONGEST_ID] for name in TEXTS}

    def chosen(self) -> list[str]:
        """Say for whom the block is asked, each once."""
        offered = {str(value) for value, *_more in self.first.iter_choices()}
        given = [str(self[name].data or "") for name in COLUMNS]
        return list(dict.fromkeys(value for value in given if value and value in offered))
