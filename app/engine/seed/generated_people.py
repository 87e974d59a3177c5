"""The many customers of the demo shop, drawn one after the other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.engine.seed import names
from app.engine.seed.catalogue import PRICES, PRODUCTS
from app.engine.seed.person import ANCHOR, EMAIL, SMS, Person, Purchase
from app.engine.seed.talks import TALKS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random

    from app.engine.seed.names import Name

DOMAINS = ("example.com", "example.org", "example.net", "mail.example.com", "post.example.org")
PLACES = {"ru": ("MSK", "SPB", "EKB", "KZN", "NSK"), "en": ("LON", "MAN", "EDI", "NY", "7701123")}
STATUSES = {"ru": ("Бронза", "Серебро", "Золото"), "en": ("Bronze", "Silver", "Gold")}
TAGS = {"ru": ("бег", "шоссе", "опт", "подарки", "марафон"), "en": ("gravel", "commuter", "vip", "gifts", "club")}
ENDS = ("delivered",) * 8 + ("cancelled", "returned")
ON_THE_WAY = timedelta(days=9)
ON_FOOT = tuple(product.id for product in PRODUCTS[14:])


def generated_people(random: Random, size: int, beside: Sequence[Person] = (), first: int = 20000) -> list[Person]:
    """Draw so many customers beside others; `first` starts the numbers of which their keys are made."""
    taken = {key for person in beside for _kind, key in person.keys}
    return [_person(random, first + place, taken) for place in range(size)]


def _person(random: Random, number: int, taken: set[str]) -> Person:
    name = names.draw(random)
    created = ANCHOR - timedelta(days=10 + int(1500 * random.random() ** 1.2), minutes=random.randrange(1440))
    person = Person(_keys(random, name, number, taken), _about(random, name, created), created=created)
    _consents(random, person)
    _devices(random, person, number)
    _purchases(random, person, number)
    person.segments = [segment for segment in (123, 313, 315, 316, 317, 318, 319) if random.random() < 0.06]
    if random.random() < 0.12:
        person.calls = [_call(random, name.language, created) for _ in range(random.choice((1, 1, 2, 4)))]
    return person


def _keys(random: Random, name: Name, number: int, taken: set[str]) -> list[tuple[str, str]]:
    has_email, has_phone = random.random() < 0.84, random.random() < 0.62
    keys = []
    if has_email:
        address = f"{name.latin}@{random.choice(DOMAINS)}"
        keys.append(("email", address if address not in taken else f"{name.latin}{number}@{DOMAINS[0]}"))
        taken.add(address)
    if has_phone or not has_email:
        keys.append(("phone", _phone(name.language, number)))
    if random.random() < 0.85:
        keys.append(("external_id", str(number)))
    if random.random() < 0.4:
        keys.append(("loyalty_id", f"BIKE-{number}"))
    return keys


def _phone(language: str, number: int) -> str:
    """Give each number one phone; the English ones are of the ranges kept for fiction."""
    if language == "ru":
        return f"7999{number:07}"
    return f"1{201 + number % 700}55501{number // 700 % 100:02}"


def _about(random: Random, name: Name, created: datetime) -> dict[str, Any]:
    language = name.language
    about: dict[str, Any] = {
        "first_name": name.first,
        "last_name": name.last,
        "gender": name.gender,
        "location": random.choice(PLACES[language]),
        "custom_properties": {"language": language},
        "tags": [tag for tag in TAGS[language] if random.random() < 0.08],
    }
    if random.random() < 0.6:
        about["birthday"] = date(random.randint(1950, 2007), random.randint(1, 12), random.randint(1, 28))
    if random.random() < 0.4:
        about["loyalty_status"] = random.choice(STATUSES[language])
        about["loyalty_bonuses"] = random.randrange(0, 3000, 5)
        about["loyalty_bonuses_to_next_level"] = random.randrange(50, 2000, 5)
        about["loyalty_card_location"] = about["location"]
    if random.random() < 0.07:
        born = date(created.year - random.randint(1, 12), random.randint(1, 12), random.randint(1, 28))
        about["kids"] = [{"gender": random.choice("mf"), "birthday": born.isoformat()}]
    return about


def _consents(random: Random, person: Person) -> None:
    """Most said yes; some addresses turned out not to be usable."""
    for kind, flags in (("email", EMAIL), ("phone", SMS)):
        if not person.key(kind):
            continue
        said = random.random()
        if said < 0.66:
            person.on += flags
        elif said < 0.8:
            person.on += flags[1:]
            person.off += flags[:1]
        elif said < 0.88:
            person.off += flags
    email = person.key("email")
    fate = random.random()
    if email and len(person.keys) > 1 and fate < 0.034:
        _spoil(person, email, "bounced" if fate < 0.016 else "suppressed" if fate < 0.03 else "blacklisted")


def _spoil(person: Person, email: str, reason: str) -> None:
    person.unusable = [(email, reason)]
    person.on = tuple(flag for flag in person.on if flag not in EMAIL)
    person.off = tuple(dict.fromkeys((*person.off, *EMAIL)))
    if reason == "bounced":
        person.keys.remove(("email", email))


def _devices(random: Random, person: Person, number: int) -> None:
    if random.random() < 0.45:
        person.dids = [f"did-{number}"]
        if random.random() < 0.4:
            person.push.append(("web", random.choice(("chrome", "firefox", "safari")), f"web-token-{number}"))
        if random.random() < 0.4:
            person.push.append(("mobile", random.choice(("ios", "android")), f"app-token-{number}"))


def _purchases(random: Random, person: Person, number: int) -> None:
    for place in range(random.choice((0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 6))):
        chosen = random.sample(ON_FOOT, random.choice((1, 1, 2, 3)))
        at = person.created + (ANCHOR - person.created) * random.random() ** 0.9
        person.purchases.append(
            Purchase(
                number=f"SO-{number}-{place + 1}",
                at=at,
                status="in transit" if ANCHOR - at < ON_THE_WAY else random.choice(ENDS),
                items=[(product, PRICES[product], random.choice((1, 1, 1, 2))) for product in chosen],
                delivery=random.choice((0, 0, 350)),
            )
        )
    if person.purchases:
        person.purchases.sort(key=lambda purchase: purchase.at)
        person.about["bought_something"] = True


def _call(random: Random, language: str, created: datetime) -> dict[str, Any]:
    channel, event, call_type, theme, comment, status = random.choice(TALKS[language])
    return {
        "at": created + (ANCHOR - created) * random.random(),
        "channel": channel,
        "event": event,
        "location_id": random.choice(PLACES[language]),
        "call_type": call_type,
        "call_theme": theme,
        "subject_appeal": None,
        "comment": comment,
        "author_type": "support",
        "status": status,
    }
