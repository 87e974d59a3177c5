"""What a column of a file can be: the fields that REES46 takes of a customer, and how each is written by people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.rees46.subscriptions import FLAGS
from app.web.cells.dates import Order, read_birthday
from app.web.cells.emails import email_of
from app.web.cells.ids import read_id
from app.web.cells.numbers import read_number
from app.web.cells.phones import phone_of
from app.web.cells.spreadsheet_errors import is_error
from app.web.cells.tidying import Unfit, is_empty, plain_dashes, trimmed
from app.web.tables.encoding import STRAY

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString
    from pydantic import JsonValue

LONGEST = 255
YES = {"1", "yes", "y", "true", "on", "да", "д", "истина", "+"}
NO = {"0", "no", "n", "false", "off", "нет", "н", "ложь", "-"}
LEFT = {
    "unsubscribed",
    "unsubscribe",
    "optout",
    "opt-out",
    "opted out",
    "отписан",
    "отписана",
    "отписался",
    "отписалась",
}
STAYED = {"subscribed", "subscribe", "active", "подписан", "подписана"}
MALE = {"m", "male", "man", "м", "муж", "мужской", "мужчина"}
FEMALE = {"f", "female", "woman", "ж", "жен", "женский", "женщина"}
TOO_LARGE = 10**9
OLDEST = 150  # years, as profile.Attributes allows


def _text(text: str) -> JsonValue:
    written = trimmed(text)
    if len(written) > LONGEST:
        raise Unfit("long")
    return written


def _number(text: str) -> JsonValue:
    number = read_number(text)
    if abs(number) >= TOO_LARGE:
        raise Unfit("number")
    return number


def _age(text: str) -> JsonValue:
    try:
        age = read_number(text)
    except Unfit:
        raise Unfit("age") from None
    if not 0 <= age <= OLDEST:
        raise Unfit("age")
    return age


def _day(order: Order | None) -> Callable[[str], JsonValue]:
    return lambda text: read_birthday(text, order=order).isoformat()


def _opt_out(text: str) -> JsonValue:
    """Only that somebody left is taken from such a column: that they did not leave is no consent."""
    said = plain_dashes(trimmed(text)).casefold()
    if said not in YES | NO | LEFT | STAYED:
        raise Unfit("flag")
    return False if said in YES | LEFT else None


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
    """What a column can be: its label, how it is read, how such columns are called, and as which fields it is sent."""

    name: str
    label: LazyString
    read: Callable[[str], JsonValue]
    called: tuple[str, ...]
    sent: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of REES46 that get the value."""
        return self.sent or (self.name,)


IDENTIFIERS = ("email", "phone", "external_id", "loyalty_id")
TELLING = (*IDENTIFIERS, "telegram_id")  # by which REES46 may take two rows for one customer
IDS = {*TELLING, "vk_id", "fb_id"}
CUSTOM = "custom"
WHOLE_NUMBERS = {"age", "loyalty_bonuses", "loyalty_bonuses_to_next_level"}  # as REES46 keeps them
TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("email", _l("E-mail"), email_of, ("mail", "emailaddress", "почта", "элпочта", "электроннаяпочта")),
        Target("phone", _l("Phone"), phone_of, ("tel", "phonenumber", "mobile", "телефон", "тел", "мобильный")),
        Target(
            "external_id", _l("ID in the shop"), read_id, ("id", "customerid", "userid", "clientid", "идентификатор")
        ),
        Target("loyalty_id", _l("Loyalty ID"), read_id, ("card", "loyalty", "loyaltycard", "карта", "номеркарты")),
        Target("first_name", _l("First name"), _text, ("name", "firstname", "имя")),
        Target("middle_name", _l("Middle name"), _text, ("middlename", "patronymic", "отчество")),
        Target("last_name", _l("Last name"), _text, ("surname", "lastname", "familyname", "фамилия")),
        Target("gender", _l("Gender"), _gender, ("sex", "пол")),
        Target(
            "birthday", _l("Birthday"), _day(None), ("birthdate", "dateofbirth", "dob", "деньрождения", "датарождения")
        ),
        Target("birthday_dmy", _l("Birthday, the day first: 31/12/1990"), _day("day"), (), ("birthday",)),
        Target("birthday_mdy", _l("Birthday, the month first: 12/31/1990"), _day("month"), (), ("birthday",)),
        Target("age", _l("Age"), _age, ("возраст",)),
        Target("location", _l("Location"), _text, ("city", "region", "город", "регион")),
        Target("loyalty_status", _l("Loyalty status"), _text, ("loyaltylevel", "статуслояльности")),
        Target("loyalty_bonuses", _l("Bonuses"), _number, ("bonuses", "points", "бонусы", "баллы")),
        Target("loyalty_bonuses_to_next_level", _l("Bonuses to the next level"), _number, ("tonextlevel",)),
        Target("loyalty_card_location", _l("Location of the card"), _text, ("cardlocation",)),
        Target("bought_something", _l("Has bought"), _flag, ("bought", "buyer", "покупал")),
        Target("telegram_id", _l("Telegram ID"), read_id, ("telegram",)),
        Target("vk_id", _l("VK ID"), read_id, ("vk", "вк")),
        Target("fb_id", _l("Facebook ID"), read_id, ("facebook", "fb")),
        Target("email_bulk", _l("Consent: bulk e-mail"), _flag, ("newsletter", "рассылка", "подписка")),
        Target("email_chain", _l("Consent: triggered e-mail"), _flag, ()),
        Target("email_transactional", _l("Consent: transactional e-mail"), _flag, ()),
        Target("sms_bulk", _l("Consent: bulk SMS"), _flag, ("sms", "смс")),
        Target("sms_chain", _l("Consent: triggered SMS"), _flag, ()),
        Target("sms_transactional", _l("Consent: transactional SMS"), _flag, ()),
        Target(
            "unsubscribed",
            _l("Opt-out: left bulk and triggered e-mail"),
            _opt_out,
            ("optout", "unsubscribe", "unsubscribedemail", "отписан", "отписался", "отписка"),
            ("email_bulk", "email_chain"),
        ),
        Target(
            "unsubscribed_sms",
            _l("Opt-out: left bulk and triggered SMS"),
            _opt_out,
            ("smsoptout", "отписансмс", "отписаносмс"),
            ("sms_bulk", "sms_chain"),
        ),
    )
}
CONSENTS = frozenset(FLAGS)


def fields_of(target: str, heading: str) -> tuple[str, ...]:
    """The fields under which a column is sent."""
    return (heading,) if target == CUSTOM else TARGETS[target].fields


def read_as(target: str, text: str) -> JsonValue:
    """Read a cell; None when it stands for nothing. Raises Unfit when it cannot be what the column is."""
    if STRAY in text:
        raise Unfit("garbled")
    if is_error(text):
        raise Unfit("formula")
    if _is_flag(target) and plain_dashes(trimmed(text)).casefold() in NO:
        return False
    if is_empty(text, is_id=target in IDS):
        return None
    return _text(text) if target == CUSTOM else TARGETS[target].read(text)


def _is_flag(target: str) -> bool:
    return target in CONSENTS or target == "bought_something"
