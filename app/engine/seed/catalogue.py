"""What the demo shop sells: bicycles and sportswear, about 200 products in 22 categories.

The ids that the reference's own examples use are among them: products 37, 187, 3323, 100500, ABCDEF, PRODUCT123,
ITEM-ID-1, 6335, 133, ID1 and ID2; categories 1, 146, 100500, 479 to 483 and BFRIDAY_CATEGORY_ID.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    id: str
    name: str
    parent: str | None = None


@dataclass(frozen=True)
class Product:
    id: str
    name: str
    category: str
    price: float
    old_price: float | None = None
    brand: str | None = None


CATEGORIES = (
    Category("1", "Bicycles"),
    Category("2", "Sportswear"),
    Category("3", "Equipment"),
    Category("100500", "Mountain bikes", "1"),
    Category("146", "Road bikes", "1"),
    Category("147", "City bikes", "1"),
    Category("148", "Electric bikes", "1"),
    Category("149", "Kids' bikes", "1"),
    Category("201", "Jerseys", "2"),
    Category("202", "Shorts and tights", "2"),
    Category("203", "Jackets", "2"),
    Category("204", "Running shoes", "2"),
    Category("205", "Gloves", "2"),
    Category("206", "Socks", "2"),
    Category("301", "Helmets", "3"),
    Category("302", "Lights", "3"),
    Category("303", "Locks", "3"),
    Category("304", "Parts", "3"),
    Category("305", "Bags", "3"),
    Category("306", "Bottles", "3"),
    Category("482", "Jewelry"),
    Category("483", "Rings", "482"),
    Category("479", "Baby & Kids"),
    Category("480", "Clothing Sets", "479"),
    Category("BFRIDAY_CATEGORY_ID", "Black Friday"),
)

# category, English and Russian kind of product, brand, models, lowest price, step from model to model
LINES = (
    (
        "100500",
        "Mountain bike",
        "Горный велосипед",
        "Ridgeline",
        "Trail 20|Trail 24|Trail 26|Trail 27.5|Trail 29|Enduro 29|Enduro Pro|Fully 120|Fully 140|Fully 160",
        24900,
        8500,
    ),
    (
        "146",
        "Road bike",
        "Шоссейный велосипед",
        "Peloton",
        "Start|Allroad|Allroad Disc|Gravel 1|Gravel 2|Race|Race Disc|Aero|Aero Pro|Climb|Time Trial",
        39900,
        11200,
    ),
    (
        "147",
        "City bike",
        "Городской велосипед",
        "Boulevard",
        "Classic|Classic Step|Comfort 7|Comfort 21|Loft|Loft Belt|Fold 16|Fold 20|Post|Tandem",
        18900,
        3600,
    ),
    (
        "148",
        "Electric bike",
        "Электровелосипед",
        "Voltaic",
        "City 250|City 350|Trek 250|Trek 500|Trail 500|Trail 750|Cargo 500|Cargo 750|Fold 250",
        74900,
        9800,
    ),
    (
        "149",
        "Kids' bike",
        "Детский велосипед",
        "Sprout",
        "Balance 10|Balance 12|Ride 14|Ride 16|Ride 18|Ride 20|Jump 20|Ride 24|Jump 24",
        5900,
        2100,
    ),
    (
        "201",
        "Jersey",
        "Веломайка",
        "Peloton",
        "Summer|Summer Long|Merino|Merino Long|Race|Race Long|Aero|Winter|Rain|Team|Retro|Junior",
        2490,
        380,
    ),
    (
        "202",
        "Bib shorts",
        "Велошорты",
        "Peloton",
        "Tour|Tour Long|Race|Race Long|Gravel|Gravel Cargo|Thermo|Thermo Long|Endurance|Junior|Light",
        3490,
        460,
    ),
    (
        "203",
        "Jacket",
        "Куртка",
        "Northway",
        "Wind|Wind Vest|Rain|Rain Pro|Softshell|Fleece|Insulated|Down|Hybrid|Reflective|Commuter|Junior",
        4990,
        870,
    ),
    (
        "204",
        "Running shoes",
        "Кроссовки для бега",
        "Stride",
        "Daily|Daily Wide|Tempo|Tempo 2|Race|Race Carbon|Trail|Trail GTX|Recovery|Winter|Track|Junior",
        5490,
        940,
    ),
    (
        "205",
        "Gloves",
        "Перчатки",
        "Grip",
        "Summer|Summer Gel|Half|Long|Trail|Wind|Thermo|Winter|Lobster|Junior",
        1190,
        240,
    ),
    ("206", "Socks", "Носки", "Stride", "Short|Mid|Long|Merino|Compression|Trail|Winter|Team", 390, 90),
    (
        "301",
        "Helmet",
        "Шлем",
        "Shellback",
        "City|City Light|Road|Road Air|Aero|Trail|Trail Pro|Full Face|Kids XS|Kids S|Visor|Fold",
        2990,
        720,
    ),
    (
        "302",
        "Light",
        "Фонарь",
        "Lumen",
        "Front 200|Front 400|Front 800|Front 1200|Rear 50|Rear 100|Rear Brake|Set 400|Set 800|Helmet",
        890,
        430,
    ),
    (
        "303",
        "Lock",
        "Замок",
        "Bolt",
        "Cable|Cable Alarm|Chain 7|Chain 10|U 12|U 14|Fold 5|Fold 6|Frame|Ground",
        690,
        510,
    ),
    (
        "304",
        "Tyre",
        "Покрышка",
        "Ridgeline",
        "City 28|City 32|Gravel 40|Gravel 45|Trail 2.25|Trail 2.4|Race 25|Race 28|Winter 35|Kids 16",
        1290,
        310,
    ),
    (
        "305",
        "Bag",
        "Сумка",
        "Northway",
        "Saddle 1|Saddle 10|Frame 3|Frame 5|Bar 8|Bar 14|Pannier 20|Pannier 25|Backpack 12|Backpack 22",
        1490,
        560,
    ),
    ("306", "Bottle", "Фляга", "Lumen", "500|600|750|950|Thermo 500|Thermo 650|Filter|Junior|Cage", 390, 170),
)

OF_THE_REFERENCE = (
    Product("37", "Bicycle bell Ding", "304", 318, brand="Lumen"),
    Product("187", "Wheel set Ridgeline 29", "304", 5000, brand="Ridgeline"),
    Product("3323", "Inner tube 28", "304", 160, 190, brand="Ridgeline"),
    Product("100500", "Mountain bike Ridgeline Trail 29 Limited", "100500", 59900, 64900, "Ridgeline"),
    Product("ABCDEF", "Multi-tool 14 in 1", "304", 1890),
    Product("PRODUCT123", "Cycle computer Lumen GPS", "302", 8990, 10990, "Lumen"),
    Product("ITEM-ID-1", "Floor pump Bolt", "304", 205),
    Product("ITEM-ID-2", "Patch kit", "304", 95),
    Product("6335", "Running jacket Northway Ultra", "203", 13000, 16000, "Northway"),
    Product("133", "Electric bike Voltaic Signature", "148", 123000, 132000, "Voltaic"),
    Product("ID1", "Child seat Sprout", "149", 4490),
    Product("ID2", "Bicycle stand", "305", 990),
    Product("145", "Silver ring Wheel", "483", 3490),
    Product("4", "Cotton set Little Cyclist", "480", 1690),
)


def _of_lines() -> list[Product]:
    """Name every second product in Russian, as shops with two languages do; every seventh is reduced."""
    found: list[Product] = []
    for category, english, russian, brand, models, lowest, step in LINES:
        for place, model in enumerate(models.split("|")):
            number = len(found)
            price = float(lowest + place * step)
            old = round(price * 1.2, -1) if number % 7 == 0 else None
            name = f"{russian if number % 2 else english} {brand} {model}"
            found.append(Product(str(1001 + number), name, category, price, old, brand))
    return found


PRODUCTS = (*OF_THE_REFERENCE, *_of_lines())
NAMES = {product.id: product.name for product in PRODUCTS}
PRICES = {product.id: product.price for product in PRODUCTS}
