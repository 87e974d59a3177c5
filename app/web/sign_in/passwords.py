"""Checking a password: every try is counted, and too many make a pause, see store/wrong_passwords.py."""

from __future__ import annotations

import math
import secrets
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, TypeVar

from flask import request
from flask_babel import format_timedelta
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from app.store import people, wrong_passwords
from app.store.people import TooManyAtOnce
from app.store.wrong_passwords import of_account, of_address, of_device
from app.web.context import desk, settings
from app.web.cookies import cookie, set_cookie

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from werkzeug.wrappers import Response

    from app.store.people import Person
    from app.store.wrong_passwords import Limit

A = TypeVar("A", bound="Response")
DEVICE = "device"
HALF_A_YEAR = 180 * 24 * 3600
PEOPLE_OF_A_DEVICE = 20


class TooManyTries(Exception):
    """There were so many wrong passwords that the next one has to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too many tries")
        self.wait = wait

    @property
    def in_words(self) -> str:
        return format_timedelta(self.wait, add_direction=True, threshold=2)

    def words(self) -> str:
        return _("Too many wrong passwords. Your password was not looked at. Try again %(wait)s.", wait=self.in_words)

    def on(self, answer: A) -> A:
        """Tell programs how long to wait, too."""
        answer.headers["Retry-After"] = str(math.ceil(self.wait.total_seconds()))
        return answer


def is_right(person: Person | None, password: str, limits: list[Limit]) -> bool:
    """Check a password and count the try; raise TooManyTries if there were too many before."""
    return counted(limits, lambda: people.has_password(person, password))


def counted(limits: list[Limit], check: Callable[[], bool], too_many: type[TooManyTries] = TooManyTries) -> bool:
    """Count a try before it is looked at, and forget the wrong ones if it is right."""
    key = settings().key
    with desk().writing() as db:
        wait = wrong_passwords.begin(db, limits, key)
    if wait:
        raise too_many(wait)
    try:
        right = check()
    except TooManyAtOnce:
        with desk().writing() as db:
            wrong_passwords.take_back(db, limits, key)
        raise
    if right:
        with desk().writing() as db:
            wrong_passwords.right(db, limits, key)
    return right


def limits_of_sign_in(person: Person | None, email: str) -> list[Limit]:
    """Say what a try counts for: the device, if this person signed in with it before, else account and address."""
    device = _device()
    if person and person.id in device["people"]:
        return [of_device(device["id"], person.id)]
    return [of_account(people.normalised(email)), of_address(_network(request.remote_addr or ""))]


def known_device(person: Person) -> str:
    """Name this browser if this person signed in with it before; nothing if not."""
    device = _device()
    return str(device["id"]) if person.id in device["people"] else ""


def remember_device(answer: A, person: Person) -> A:
    """Let this browser be known as one with which the person signed in. It signs nobody in by itself."""
    device = _device()
    known = [person.id, *(number for number in device["people"] if number != person.id)][:PEOPLE_OF_A_DEVICE]
    set_cookie(answer, DEVICE, _signer().dumps({"id": device["id"], "people": known}), seconds=HALF_A_YEAR)
    return answer


def _device() -> dict[str, Any]:
    try:
        device: dict[str, Any] = _signer().loads(cookie(DEVICE), max_age=HALF_A_YEAR)
    except BadData:
        return {"id": secrets.token_urlsafe(12), "people": []}
    return device


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().key.oldest_first, salt="a device that signed in before")


def _network(address: str) -> str:
    """Name whom an address belongs to: a home or an office has billions of IPv6 addresses (a /64)."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)
