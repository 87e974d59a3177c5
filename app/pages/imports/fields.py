"""What a column of a file can be: the fields that REES46 takes of a customer, and how each is written by people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.rees46.subscriptions import FLAGS
from app.web.cells.dates import read_birthday
from app.web.cells.emails import email_of, read_email
from app.web.cells.numbers import read_decimal, read_whole
from app.web.cells.phones import phone_of, read_phone
from app.web.cells.tidying import Unfit, is_empty, plain_dashes, trimmed
from app.web.tables.encoding import STRAY

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString
    from pydantic import JsonValue

LONGEST = 255
YES = {"1", "yes", "y", "true", "on", "да", "д", "истина", "+"}
NO = {"0", "no", "n", "false", "off", "нет", "н", "ложь", "-"}
MALE = {"m", "male", "man", "м", "муж", "мужской", "мужчина"}
FEMALE = {"f", "female", "woman", "ж", "жен", "женский", "женщина"}
TOO_LARGE = 10**9
OLDEST = 150  # years, as profile.Attributes allows


def _text(text: str) -> JsonValue:
    if len(text) > LONGEST:
        raise Unfit("long")
    return text


def _number(text: str) -> JsonValue:
    number = read_decimal(text)
    if abs(number) >= TOO_LARGE:
        raise Unfit("number")
    if number != number.to_integral_value():
        raise Unfit("whole")
    return int(number)


def _age(text: str) -> JsonValue:
    try:
        age = read_whole(text)
    except Unfit:
        raise Unfit("age") from None
    if not 0 <= age <= OLDEST:
        raise Unfit("age")
    return age


def _day(text: str) -> JsonValue:
    return read_birthday(text).isoformat()


def _flag(text: str) -> JsonValue:
    said = plain_dashes(trimmed(text)).casefold()
    if said not in YES | NO:
        raise Unfit("flag")
    return said in YES


def _gender(text: str) -> JsonValue:
    said = trimmed(text).casefold().rstrip(".")
    if said not in MALE | FEMALE:
        raise Unfit("gender")
    return "m" if said in MALE else "f"


@dataclass(frozen=True)
class Target:
    """A field of REES46 that a column can be: its label, how it is read, and how columns of that kind are called."""

    name: str
    label: LazyString
    read: Callable[[str], JsonValue]
    called: tuple[str, ...]


IDENTIFIERS = ("email", "phone", "external_id", "loyalty_id")
TELLING = (*IDENTIFIERS, "telegram_id")  # by which REES46 may take two rows for one customer
IDS = {*TELLING, "vk_id", "fb_id"}
CUSTOM = "custom"
TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("email", _l("E-mail"), email_of, ("mail", "emailaddress", "почта", "элпочта", "электроннаяпочта")),
        Target("phone", _l("Phone"), phone_of, ("tel", "phonenumber", "mobile", "телефон", "тел", "мобильный")),
        Target("external_id", _l("ID in the shop"), _text, ("id", "customerid", "userid", "clientid", "идентификатор")),
        Target("loyalty_id", _l("Loyalty ID"), _text, ("card", "loyalty", "loyaltycard", "карта", "номеркарты")),
        Target("first_name", _l("First name"), _text, ("name", "firstname", "имя")),
        Target("last_name", _l("Last name"), _text, ("surname", "lastname", "familyname", "фамилия")),
        Target("gender", _l("Gender"), _gender, ("sex", "пол")),
        Target("birthday", _l("Birthday"), _day, ("birthdate", "dateofbirth", "dob", "деньрождения", "датарождения")),
        Target("age", _l("Age"), _age, ("возраст",)),
        Target("location", _l("Location"), _text, ("city", "region", "город", "регион")),
        Target("loyalty_status", _l("Loyalty status"), _text, ("loyaltylevel", "статуслояльности")),
        Target("loyalty_bonuses", _l("Bonuses"), _number, ("bonuses", "points", "бонусы", "баллы")),
        Target("loyalty_bonuses_to_next_level", _l("Bonuses to the next level"), _number, ("tonextlevel",)),
        Target("loyalty_card_location", _l("Location of the card"), _text, ("cardlocation",)),
        Target("bought_something", _l("Has bought"), _flag, ("bought", "buyer", "покупал")),
        Target("telegram_id", _l("Telegram ID"), _text, ("telegram",)),
        Target("vk_id", _l("VK ID"), _text, ("vk", "вк")),
        Target("fb_id", _l("Facebook ID"), _text, ("facebook", "fb")),
        Target("email_bulk", _l("Consent: bulk e-mail"), _flag, ("newsletter", "рассылка", "подписка")),
        Target("email_chain", _l("Consent: triggered e-mail"), _flag, ()),
        Target("email_transactional", _l("Consent: transactional e-mail"), _flag, ()),
        Target("sms_bulk", _l("Consent: bulk SMS"), _flag, ("sms", "смс")),
        Target("sms_chain", _l("Consent: triggered SMS"), _flag, ()),
        Target("sms_transactional", _l("Consent: transactional SMS"), _flag, ()),
    )
}
CONSENTS = frozenset(FLAGS)


def read_as(target: str, text: str) -> JsonValue:
    """Read a cell; None when it stands for nothing. Raises Unfit when it cannot be what the column is."""
    if STRAY in text:
        raise Unfit("garbled")
    if _is_flag(target) and plain_dashes(trimmed(text)).casefold() in NO:
        return False
    if is_empty(text, is_id=target in IDS):
        return None
    return _text(text) if target == CUSTOM else TARGETS[target].read(text)


def _is_flag(target: str) -> bool:
    return target in CONSENTS or target == "bought_something"


def guessed(header: list[str], sample: list[list[str]]) -> dict[str, str]:
    """Guess what the columns are, by their names where these mean one thing only, and by what stands below."""
    found: dict[str, str] = {}
    for place, name in enumerate(header):
        cells = [cells[place] for cells in sample if place < len(cells) and not is_empty(cells[place])]
        by_cells = _by_cells(cells) if cells else None
        target = by_cells if by_cells == "email" else _by_name(name) or by_cells
        if target and target not in found.values():
            found[str(place)] = target
    return found


def _by_name(name: str) -> str | None:
    plain = re.sub(r"[\W_]+", "", name.casefold())
    return next(
        (one for one, target in TARGETS.items() if plain == one.replace("_", "") or plain in target.called), None
    )


def _by_cells(cells: list[str]) -> str | None:
    if _most("@" in cell and bool(read_email(cell)) for cell in cells):
        return "email"
    if _most(len(re.sub(r"\D", "", cell)) >= 10 and bool(read_phone(cell)) for cell in cells):  # a whole number
        return "phone"
    return None


def _most(fits: Iterable[bool]) -> bool:
    said = list(fits)
    return sum(said) * 2 > len(said)
