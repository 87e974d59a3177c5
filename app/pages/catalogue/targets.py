"""What a column of a catalogue can be: the properties of a product, a category or a location, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.pages.catalogue import cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask_babel.speaklater import LazyString
    from pydantic import JsonValue

PARAM = "param:"  # a property of the product under the column's name


@dataclass(frozen=True)
class Target:
    """What a column can be: its label, how it is read, and how such columns are called, in small letters."""

    name: str
    label: LazyString
    read: Callable[[JsonValue], JsonValue] = cells.text
    called: tuple[str, ...] = ()


def _by_name(*targets: Target) -> dict[str, Target]:
    return {target.name: target for target in targets}


ID = Target(
    "id",
    _l("ID in the shop"),
    cells.an_id,
    ("sku", "article", "offerid", "productid", "код", "артикул", "идентификатор"),
)
PARENT = Target("parent", _l("ID of the parent"), cells.an_id, ("parentid", "родитель", "idродителя"))
AVAILABLE = Target(
    "available", _l("In stock"), cells.flag, ("instock", "availability", "isavailable", "наличие", "вналичии")
)
NICHES = ("fashion", "child", "jewelry", "cosmetic", "pharmacy", "book", "realty", "auto", "fmcg", "pets")
PRODUCT = _by_name(
    ID,
    Target("name", _l("Name"), cells.text, ("title", "productname", "название", "наименование", "имя")),
    Target("price", _l("Price"), cells.number, ("cost", "цена", "стоимость")),
    Target("url", _l("URL"), cells.text, ("link", "pageurl", "ссылка", "адрес")),
    Target(
        "picture",
        _l("Picture"),
        cells.text,
        ("image", "imageurl", "imagelink", "photo", "картинка", "изображение", "фото"),
    ),
    Target(
        "categories", _l("Categories"), cells.ids, ("category", "categoryid", "categoryids", "категория", "категории")
    ),
    AVAILABLE,
    Target("oldprice", _l("Old price"), cells.number, ("compareatprice", "priceold", "стараяцена", "ценадоскидки")),
    Target("currency", _l("Currency"), cells.text, ("currencyid", "валюта")),
    Target("discount_percent", _l("Discount, %"), cells.number, ("discount", "скидка", "процентскидки")),
    Target("brand", _l("Brand"), cells.text, ("vendor", "manufacturer", "бренд", "производитель")),
    Target("description", _l("Description"), cells.text, ("описание",)),
    Target("group_id", _l("Group of variants"), cells.an_id, ("groupid", "itemgroupid", "группа")),
    Target("vendor_code", _l("Vendor code"), cells.text, ("mpn", "артикулпроизводителя")),
    Target("barcode", _l("Barcode"), cells.text, ("ean", "gtin", "upc", "штрихкод")),
    Target("model", _l("Model"), cells.text, ("модель",)),
    Target("type_prefix", _l("Kind of product"), cells.text, ("producttype", "typeprefix", "тип")),
    Target(
        "stock_quantity",
        _l("Pieces in stock"),
        cells.whole,
        ("quantity", "qty", "stock", "count", "остаток", "количество"),
    ),
    Target("tags", _l("Tags"), cells.texts, ("labels", "теги", "метки")),
    Target("locations", _l("Locations"), cells.places, ("stores", "shops", "локации", "магазины", "города")),
    Target("params", _l("Properties"), cells.properties, ("attributes", "характеристики", "параметры")),
    Target("merchant", _l("Merchant"), cells.texts, ("seller", "продавец")),
    Target("leftovers", _l("How many are left: one, few, lot"), cells.text),
    Target("rating", _l("Rating"), cells.number, ("рейтинг",)),
    Target("is_new", _l("New"), cells.flag, ("new", "новинка")),
    Target("is_child", _l("For children"), cells.flag),
    Target("is_fashion", _l("Fashion"), cells.flag),
    Target("ignored", _l("Never shown"), cells.flag, ("hidden", "скрыт")),
    Target("price_margin", _l("Margin, %"), cells.number, ("margin", "маржа")),
    Target("promocode", _l("Promo code"), cells.text, ("промокод",)),
    Target("price_with_promocode", _l("Price with the promo code"), cells.number, ("ценаспромокодом",)),
    Target("gift", _l("Gift"), cells.text, ("подарок",)),
    Target("installment", _l("Months of instalments"), cells.whole, ("рассрочка",)),
    Target("creation_date", _l("Date of creation"), cells.text, ("date", "created", "датасоздания")),
    Target("brand_picture", _l("Picture of the brand"), cells.text),
    Target("deeplink_android", _l("Deep link, Android"), cells.text),
    Target("deeplink_ios", _l("Deep link, iOS"), cells.text),
    Target("bonuses_accrual_allowed", _l("Bonuses may be earned"), cells.flag),
    Target("bonuses_spending_allowed", _l("Bonuses may be spent"), cells.flag),
    Target("discounts_allowed", _l("Discounts are allowed"), cells.flag),
    Target("accessories", _l("Accessories"), cells.ids, ("аксессуары",)),
    Target("customer_recommendations", _l("Recommended by the shop"), cells.ids),
    Target("seasonality", _l("Months of its season"), cells.nested, ("сезонность",)),
    *(Target(name, _l("Of its niche: %(name)s", name=name), cells.nested) for name in NICHES),
)
CATEGORY = _by_name(
    ID,
    Target("name", _l("Name"), cells.text, ("title", "название", "наименование", "имя")),
    PARENT,
    Target("url", _l("URL"), cells.text, ("link", "ссылка", "адрес")),
    Target("alias", _l("Alias"), cells.text, ("slug", "handle", "псевдоним")),
)
LOCATION = _by_name(
    ID,
    Target("name", _l("Name"), cells.text, ("title", "название", "наименование", "город", "имя")),
    PARENT,
    Target("type", _l("Kind of location"), cells.text, ("тип",)),
    Target("group", _l("Groups"), cells.ids, ("groups", "группа", "группы")),
    Target("discount_percent", _l("Discount, %"), cells.number, ("discount", "скидка")),
    Target("search_level_up", _l("Levels up in searches"), cells.whole),
)
OF_KIND = {
    "categories": CATEGORY,
    "locations": LOCATION,
    "products": PRODUCT,
    "stock": _by_name(ID, AVAILABLE),
    "removal": _by_name(ID),
}
MANDATORY = {
    "categories": ("id", "name"),
    "locations": ("id", "name"),
    "products": ("id", "name", "price", "url", "picture", "categories"),
    "stock": ("id",),
    "removal": ("id",),
}


def guessed(kind: str, header: Iterable[str]) -> dict[str, str]:
    """Give what each column is by its name; what is not told by it stays open."""
    targets, found = OF_KIND[kind], dict[str, str]()
    for way in (_is_named, _is_called):
        for column in header:
            target = next((one.name for one in targets.values() if way(one, _plain(column))), None)
            if target and column not in found and target not in found.values():
                found[column] = target
    return found


def _is_named(target: Target, plain: str) -> bool:
    return plain == _plain(target.name)


def _is_called(target: Target, plain: str) -> bool:
    return plain in target.called


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def label_of(kind: str, target: str) -> LazyString | str:
    """What a property is called on pages."""
    known = OF_KIND[kind].get(target)
    return known.label if known else target.removeprefix(PARAM)
