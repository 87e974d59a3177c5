"""Passkeys (WebAuthn, by py_webauthn): making one, and answering by one in place of a code.

Host name and origin come from DESK46_PUBLIC_URL, never from what a request says. A challenge is a token of the database
(store/tokens.py): for one person and one purpose, good once and for minutes.
"""

from __future__ import annotations

from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from structlog import get_logger
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.browsers import in_ascii, origin_of
from app.store import passkeys, tokens
from app.store.passkeys import Passkey
from app.web.context import desk, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
    from webauthn.helpers.structs import AuthenticationCredential

    from app.store.people import Person
    from app.store.tokens import Purpose

NAME = "Desk46"
MILLISECONDS = 300_000  # that a browser waits for its person
# What py_webauthn and the parsers below it raise over answers that no browser sends.
UNREADABLE = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, RecursionError)


class PasskeyRefused(Exception):
    """A passkey's answer does not count; `why` is a word for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def is_offered() -> bool:
    """Whether browsers make passkeys at the public address: it needs a host name, and https unless on this machine."""
    host = host_name()
    try:
        ip_address(host)
    except ValueError:
        is_here = host == "localhost" or host.endswith(".localhost")
        return bool(host) and (urlsplit(settings().public_url).scheme.lower() == "https" or is_here)
    return False


def host_name() -> str:
    """The public address's host name as browsers write it; passkeys call it the id of the relying party."""
    return in_ascii((urlsplit(settings().public_url).hostname or "").lower())


def host_here() -> str:
    """Give the host name at which passkeys answer now; "" where browsers offer none."""
    return host_name() if is_offered() else ""


def options_of_new(person: Person) -> str:
    """Say as JSON what a browser needs to make a passkey. No attestation: any maker's will do."""
    with desk().writing() as db:
        challenge, handle = tokens.give(db, person.id, "passkey_new"), passkeys.handle_of(db, person.id)
        there = passkeys.of_person(db, person.id, host_name())
    options = generate_registration_options(
        rp_id=host_name(),
        rp_name=NAME,
        user_name=person.email,
        user_id=base64url_to_bytes(handle),
        user_display_name=person.name,
        challenge=base64url_to_bytes(challenge),
        timeout=MILLISECONDS,
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_described(there),
    )
    return options_to_json(options)


def options_to_answer(person: Person, purpose: Purpose) -> str:
    """Say as JSON what a browser needs to answer by one of a person's passkeys; "" when they have none for here."""
    if not is_offered():
        return ""
    with desk().reading() as db:
        there = passkeys.of_person(db, person.id, host_name())
    if not there:
        return ""
    with desk().writing() as db:
        challenge = tokens.give(db, person.id, purpose)
    options = generate_authentication_options(
        rp_id=host_name(),
        challenge=base64url_to_bytes(challenge),
        timeout=MILLISECONDS,
        allow_credentials=_described(there),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def _described(there: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(passkey.credential_id),
            transports=[AuthenticatorTransport(way) for way in passkey.transports],
        )
        for passkey in there
    ]


def read_new(answer: str, person: Person, name: str) -> Passkey:
    """Check what a browser made, and give the passkey, which is not kept yet; raises PasskeyRefused."""
    with _refusing():
        credential = parse_registration_credential_json(answer)
        challenge = _challenge(credential.response.client_data_json, person, "passkey_new")
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=host_name(),
            expected_origin=origin_of(settings().public_url),
            require_user_verification=True,
        )
    return Passkey(
        person_id=person.id,
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=bytes_to_base64url(made.credential_public_key),
        host=host_name(),
        sign_count=made.sign_count,
        transports=[way.value for way in credential.response.transports or []],
        name=name,
    )


def take_answer(answer: str, person: Person, purpose: Purpose) -> Passkey:
    """Check a passkey's answer and note that it was used; raises PasskeyRefused."""
    with _refusing():
        credential = parse_authentication_credential_json(answer)
        challenge = _challenge(credential.response.client_data_json, person, purpose)
        passkey = _of(credential, person)
        verified = _verified(credential, challenge, passkey)
    with desk().writing() as db:
        if not passkeys.used(db, passkey, verified.new_sign_count):
            raise PasskeyRefused("counter")
    return passkey


def _challenge(client_data: bytes, person: Person, purpose: Purpose) -> bytes:
    """Use the challenge up that was answered; it has to be one for this person and this purpose."""
    challenge = parse_client_data_json(client_data).challenge
    with desk().writing() as db:
        if tokens.take(db, bytes_to_base64url(challenge), purpose) != person.id:
            raise PasskeyRefused("late")
    return challenge


def _of(credential: AuthenticationCredential, person: Person) -> Passkey:
    """Find the passkey that answered; another person's is none."""
    with desk().reading() as db:
        passkey = passkeys.by_credential(db, bytes_to_base64url(credential.raw_id))
        said = credential.response.user_handle
        is_theirs = not said or bytes_to_base64url(said) == passkeys.handle_of(db, person.id)
    if passkey is None or passkey.person_id != person.id or not is_theirs:
        raise PasskeyRefused("unknown")
    return passkey


def _verified(credential: AuthenticationCredential, challenge: bytes, passkey: Passkey) -> VerifiedAuthentication:
    def verify(count: int) -> VerifiedAuthentication:
        return verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=host_name(),
            expected_origin=origin_of(settings().public_url),
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=count,
            require_user_verification=True,
        )

    try:
        return verify(passkey.sign_count)
    except WebAuthnException:
        verify(0)  # right but for the count: there may be a copy of the passkey
        raise PasskeyRefused("counter") from None


@contextmanager
def _refusing() -> Iterator[None]:
    """Let everything that is wrong with an answer be one refusal; what it said reaches no log."""
    try:
        yield
    except UNREADABLE as error:
        get_logger().info("a passkey's answer was refused", kind=type(error).__name__)
        raise PasskeyRefused("failed") from None
