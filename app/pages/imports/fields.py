"""What a column of a file can be: the fields that REES46 takes of a customer, and how each is written by people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.rees46.subscriptions import FLAGS
from app.web.customers.parse import read_email, read_phone

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString
    from pydantic import JsonValue

LONGEST = 255
YES = {"1", "yes", "y", "true", "on", "да", "д", "истина", "+"}
NO = {"0", "no", "n", "false", "off", "нет", "н", "ложь", "-"}
MALE = {"m", "male", "man", "м", "муж", "мужской", "мужчина"}
FEMALE = {"f", "female", "woman", "ж", "жен", "женский", "женщина"}
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S")


class Fault(Exception):
    """A cell that cannot be what its column is; `code` is one of faults.WORDS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _email(text: str) -> JsonValue:
    if (address := read_email(text)) is None:
        raise Fault("email")
    return address


def _phone(text: str) -> JsonValue:
    if (number := read_phone(text)) is None:
        raise Fault("phone")
    return number


def _text(text: str) -> JsonValue:
    if len(text) > LONGEST:
        raise Fault("long")
    return text


def _number(text: str) -> JsonValue:
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise Fault("number")
    return int(text)


def _age(text: str) -> JsonValue:
    if not (text.isascii() and text.isdigit() and int(text) <= 150):  # as profile.Attributes allows
        raise Fault("age")
    return int(text)


def _day(text: str) -> JsonValue:
    for shape in DAYS:
        try:
            read = datetime.strptime(text, shape).date()  # noqa: DTZ007  # a birthday has no zone
        except ValueError:
            continue
        if date(1900, 1, 1) <= read <= date(2100, 1, 1):
            return read.isoformat()
    raise Fault("day")


def _flag(text: str) -> JsonValue:
    said = text.casefold()
    if said not in YES | NO:
        raise Fault("flag")
    return said in YES


def _gender(text: str) -> JsonValue:
    said = text.casefold().rstrip(".")
    if said not in MALE | FEMALE:
        raise Fault("gender")
    return "m" if said in MALE else "f"


@dataclass(frozen=True)
class Target:
    """A field of REES46 that a column can be: its label, how it is read, and how columns of that kind are called."""

    name: str
    label: LazyString
    read: Callable[[str], JsonValue]
    called: tuple[str, ...]


IDENTIFIERS = ("email", "phone", "external_id", "loyalty_id")
CUSTOM = "custom"
TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("email", _l("E-mail"), _email, ("mail", "emailaddress", "почта", "элпочта", "электроннаяпочта")),
        Target("phone", _l("Phone"), _phone, ("tel", "phonenumber", "mobile", "телефон", "тел", "мобильный", "номер")),
        Target("external_id", _l("ID in the shop"), _text, ("id", "customerid", "userid", "clientid", "идентификатор")),
        Target("loyalty_id", _l("Loyalty ID"), _text, ("card", "loyalty", "loyaltycard", "карта", "номеркарты")),
        Target("first_name", _l("First name"), _text, ("name", "firstname", "имя")),
        Target("last_name", _l("Last name"), _text, ("surname", "lastname", "familyname", "фамилия")),
        Target("gender", _l("Gender"), _gender, ("sex", "пол")),
        Target("birthday", _l("Birthday"), _day, ("birthdate", "dateofbirth", "dob", "деньрождения", "датарождения")),
        Target("age", _l("Age"), _age, ("возраст",)),
        Target("location", _l("Location"), _text, ("city", "region", "город", "регион")),
        Target("loyalty_status", _l("Loyalty status"), _text, ("status", "level", "статус", "уровень")),
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
    """Read a cell; raise Fault when it cannot be what the column is."""
    return _text(text) if target == CUSTOM else TARGETS[target].read(text)


def guessed(header: list[str], sample: list[list[str]]) -> dict[str, str]:
    """Guess what the columns are, by their names and, where those say nothing, by what stands below."""
    found: dict[str, str] = {}
    for place, name in enumerate(header):
        target = _by_name(name) or _by_cells([cells[place] for cells in sample if cells[place]])
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
