"""The second step of signing in: a code or a passkey, after the password was right.

In between the browser holds a token that opens nothing (store/tokens.py); only the right answer begins a session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import session
from flask_babel import gettext as _
from structlog import get_logger

from app.store import second_factors, tokens
from app.store.people import Person
from app.store.wrong_passwords import of_second_factor
from app.vault import KeyChanged
from app.web.context import desk, settings
from app.web.sign_in import passkeys
from app.web.sign_in.forms import FactorForm
from app.web.sign_in.passkeys import PasskeyRefused
from app.web.sign_in.passwords import TooManyTries, counted, known_device

if TYPE_CHECKING:
    from app.store.passkeys import Passkey
    from app.store.tokens import Purpose
    from app.store.wrong_passwords import Limit

HALF = "half_signed_in"  # where the browser's cookie keeps the token


class TooManyCodes(TooManyTries):
    """There were so many wrong codes that the next one has to wait."""

    def words(self) -> str:
        return _("Too many wrong codes. Your code was not looked at. Try again %(wait)s.", wait=self.in_words)


def is_asked_of(person: Person) -> bool:
    """Whether a password alone does not sign this person in."""
    with desk().reading() as db:
        return second_factors.is_asked(db, person.id, passkeys.host_here())


def begin_half(person: Person) -> None:
    """Remember that the password was right; what this browser kept before is forgotten."""
    with desk().writing() as db:
        token = tokens.give(db, person.id, "sign_in")
    session.clear()
    session[HALF] = token


def half_signed_in() -> Person | None:
    """Give the person whose password was right a moment ago, and who may still sign in."""
    with desk().reading() as db:
        number = tokens.person_of(db, str(session.get(HALF, "")), "sign_in")
        person = db.get(Person, number) if number else None
    return person if person and person.active and not person.is_password_expired else None


def end_half() -> bool:
    """Use the token up; False when it was used up meanwhile."""
    with desk().writing() as db:
        return tokens.take(db, str(session.get(HALF, "")), "sign_in") is not None


def factor_form(person: Person, purpose: Purpose, *, typed: bool) -> FactorForm:
    """Ask somebody for their second factor, by the kinds that they have."""
    form = FactorForm() if typed else FactorForm(formdata=None)
    form.whose, form.purpose = person, purpose
    with desk().reading() as db:
        has_app = second_factors.of_person(db, person.id) is not None
    if not has_app:
        form.code.description = _("One of your recovery codes.")
    return form


def is_right_code(person: Person, code: str) -> bool:
    """Check a code and count the try; raise TooManyCodes if there were too many wrong ones before."""
    return counted(_limits(person), lambda: _use(person, code), TooManyCodes)


def passkey_that_answered(person: Person, answer: str, purpose: Purpose) -> Passkey:
    """Check a passkey's answer and count the try, as of a code; raise PasskeyRefused, or TooManyCodes."""
    taken: list[Passkey] = []
    refused = PasskeyRefused("failed")

    def is_right() -> bool:
        nonlocal refused
        try:
            taken.append(passkeys.take_answer(answer, person, purpose))
        except PasskeyRefused as error:
            refused = error
        return bool(taken)

    if not counted(_limits(person), is_right, TooManyCodes):
        raise refused
    return taken[0]


def _limits(person: Person) -> list[Limit]:
    return [of_second_factor(person.id, known_device(person))]


def _use(person: Person, code: str) -> bool:
    with desk().writing() as db:
        try:
            return second_factors.use(db, person.id, code, settings().key)
        except KeyChanged:  # recovery codes are still good
            get_logger().error("a second factor was kept under another secret key", person=person.id)
            return False
