"""Phone numbers: a cell is one number in whatever dress, or none. What is missing is never made up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat, ValidationResult

from app.web.cells.tidying import Unfit, plain_digits, trimmed
from app.web.context import settings

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

LONGEST = 320  # characters of a cell
FULL = 11  # digits from which on a number may be one with its country
AMERICA = "1"  # its numbers are as long as pension cards, many of which begin with a 1; so they have to exist
PHONE_LIKE = re.compile(r"(?:\(?\+\(?|\()?\d[\d\s()./\-]*")
SHORT_TAIL = re.compile(r"/\s?\d{1,4}\Z")  # of a second number: 916 123-45-67/68
DAY = re.compile(r"\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{4}")
EXPONENT = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d+)")  # how spreadsheets write what is too long for a column
FRACTION = re.compile(r"(\+?\d{7,})[.,](\d+)")


def read_phone(text: str) -> str | None:
    """Give a phone number as `+79990009099`, or None when the cell is not one number and nothing else."""
    try:
        return phone_of(text)
    except Unfit:
        return None


def phone_of(text: str) -> str:
    """Read a number, or raise Unfit with the reason: none, or one that a spreadsheet cut."""
    if len(text) > LONGEST:
        raise Unfit("phone")
    written = _whole(_unwrapped(text))
    if not PHONE_LIKE.fullmatch(written) or DAY.fullmatch(written) or SHORT_TAIL.search(written):
        raise Unfit("phone")
    digits = re.sub(r"\D", "", written)
    number = _international(digits) if "+" in written else _national(written, digits)
    if number is None:
        raise Unfit("phone")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _unwrapped(text: str) -> str:
    """Take off quotation marks, `tel:` and the apostrophe that a spreadsheet put before a number."""
    written = plain_digits(trimmed(text))
    if written[:1] in {"'", "’"}:
        written = written[1:].strip()
    return written[4:].strip() if written[:4].lower() == "tel:" else written


def _whole(written: str) -> str:
    """Undo what a spreadsheet does to long numbers where nothing was lost; raise Unfit where it cut the number."""
    if cut := EXPONENT.fullmatch(written):
        digits = cut.group(1) + (cut.group(2) or "")
        if len(digits) != int(cut.group(3)[:3]) + 1:
            raise Unfit("cut")
        return digits
    if fraction := FRACTION.fullmatch(written):
        if fraction.group(2).strip("0"):
            raise Unfit("phone")
        return fraction.group(1)
    return written


def _international(digits: str) -> PhoneNumber | None:
    """A number behind a plus: its country's own, or one that is at least as long as they are there.

    `+8 999 …` is a Russian habit; it is read where no country has such a code.
    """
    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException as wrong:
        is_no_country = wrong.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        return _of_region(digits) if is_no_country and len(digits) >= FULL else None
    return number if _is_possible(number) and _holds(digits, number, {str(number.country_code)}) else None


def _national(written: str, digits: str) -> PhoneNumber | None:
    """A number without a plus: the region's, else one that begins with the code of its country."""
    if digits.startswith("00"):
        return _international(digits[2:])
    if number := _of_region(digits):
        return number
    if len(digits) < FULL or digits.startswith("0") or _has_more(written):
        return None
    abroad = _international(digits)
    is_dialled = digits.startswith(_trunk_prefix() or "none")  # what is dialled before a number, not its country
    is_unsure = is_dialled or digits.startswith(AMERICA)
    return abroad if abroad and (phonenumbers.is_valid_number(abroad) or not is_unsure) else None


def _has_more(written: str) -> bool:
    """Whether a number of the region has something behind it, as in 495 123-45-67-12."""
    begun = (re.sub(r"\D", "", written[: sign.start()]) for sign in re.finditer(r"\D+(?=\d)", written))
    return any(_of_region(digits) for digits in begun)


def _of_region(digits: str) -> PhoneNumber | None:
    """The region's own number, with or without what is dialled before it; all digits must be accounted for."""
    region = settings().phone_region
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    before = {"", str(phonenumbers.country_code_for_region(region)), _trunk_prefix()}
    is_fit = phonenumbers.is_valid_number_for_region(number, region) or phonenumbers.is_valid_number(number)
    return number if is_fit and _holds(digits, number, before) else None


def _trunk_prefix() -> str:
    metadata = PhoneMetadata.metadata_for_region(settings().phone_region)
    return (metadata and metadata.national_prefix) or ""


def _holds(digits: str, number: PhoneNumber, before: set[str]) -> bool:
    """Whether the digits are the number's and nothing else."""
    national = phonenumbers.national_significant_number(number)
    if digits.endswith(national) and digits[: len(digits) - len(national)] in before:
        return True
    trunk = digits.removeprefix(str(number.country_code)).removeprefix("0")  # +44 (0) 7700 900101
    return str(number.country_code) in before and "" not in before and trunk == national


def _is_possible(number: PhoneNumber) -> bool:
    return phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
