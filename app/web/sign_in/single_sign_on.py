"""Signing in by the company's own provider (OpenID Connect, by Authlib): discovery, PKCE, nonce, keys of the provider.

The provider says who it is; its groups say the role, where DESK46_OIDC_GROUPS maps them. An account is found by the
provider's own name for the person, the first time by an address that the provider says it verified.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authlib.integrations.base_client.errors import OAuthError  # type: ignore[import-untyped]  # it brings no types
from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]  # as above
from flask import current_app, url_for
from flask_login import current_user
from joserfc.errors import JoseError
from structlog import get_logger

from app.store import people
from app.store.people import Role
from app.web.context import desk, settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.people import Person

SCOPE, GROUPS = "openid email profile", "groups"  # what is asked for, and the claim that names a person's groups
TIME_LIMIT = 10.0  # seconds for each question to the provider
FRESH = 300  # seconds since the person showed the provider who they are, where that is to be confirmed
LONGEST = 255  # characters of issuer and name at the provider that a person's row keeps
# What Authlib raises: refused, badly signed, not answered, not JSON, and a description that lacks what is needed.
PROVIDER_ERRORS = (OAuthError, JoseError, OSError, ValueError, LookupError, RuntimeError, TypeError, AttributeError)
STRONGEST = (Role.ADMIN, Role.MARKETER, Role.SUPPORT, Role.VIEWER)


class NotLetIn(Exception):
    """The provider said who it is, or did not, and they may not sign in here; `why` is a word for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Told:
    """What the provider told of a person."""

    subject: str
    email: str
    name: str
    groups: frozenset[str]
    is_fresh: bool  # they showed just now who they are


def is_offered() -> bool:
    return bool(settings().oidc_issuer)


def may_confirm() -> bool:
    """Whether the provider can say once more who is here; it does not stand in for a second factor."""
    return is_offered() and bool(current_user.subject) and not current_user.has_second_factor


def may_use_password(person: Person) -> bool:
    """Whether a password signs this person in: everybody's does, unless a setting leaves it to a single one."""
    only = settings().password_only_for
    return not only or person.email == people.normalised(only)


def begin(*, again: bool) -> Any:
    """Lead to the provider; `again` wants the person to show once more who they are. Raises NotLetIn."""
    more = {"prompt": "login", "max_age": 0} if again else {}
    try:
        return _provider().authorize_redirect(_way_back(), **more)
    except PROVIDER_ERRORS as error:
        get_logger().warning("the provider of single sign-on did not answer", kind=type(error).__name__)
        raise NotLetIn("away") from None


def finish() -> Told:
    """Read what the provider answered, by its keys; raises NotLetIn."""
    provider = _provider()
    try:
        token = provider.authorize_access_token()
        claims = dict(token.get("userinfo") or {})
        if GROUPS not in claims or "email" not in claims:
            further = dict(provider.userinfo(token=token))
            if further.get("sub") != claims.get("sub"):
                raise NotLetIn("failed")
            claims = further | claims
        return _told_by(claims)
    except PROVIDER_ERRORS as error:
        get_logger().warning("single sign-on failed", kind=type(error).__name__)
        raise NotLetIn("failed") from None


def _told_by(claims: dict[str, Any]) -> Told:
    """Read the claims about a person; one that cannot be kept whole is refused, and never cut to another's."""
    groups = claims.get(GROUPS) or []
    named = frozenset([groups] if isinstance(groups, str) else map(str, groups))
    email = str(claims.get("email") or "") if claims.get("email_verified") is True else ""
    subject = f"{settings().oidc_issuer} {claims['sub']}"
    if not claims["sub"] or len(subject) > LONGEST:
        raise NotLetIn("failed")
    is_fresh = time.time() - float(claims.get("auth_time") or 0) < FRESH
    return Told(subject, email, str(claims.get("name") or email), named, is_fresh)


def person_of(told: Told) -> Person:
    """Find the person, or make one with the role that the groups say; raises NotLetIn."""
    role = _role_of(told)
    with desk().writing() as db:
        person = people.by_subject(db, told.subject) or _by_address(db, told)
        if person is None and role is None:
            raise NotLetIn("unknown")
        if person is None:
            if not told.email:
                raise NotLetIn("unverified")
            password = secrets.token_urlsafe(32)
            person = people.add(db, email=told.email, name=told.name[:120], role=role or "", password=password)
        if not person.active:
            raise NotLetIn("inactive")
        if settings().oidc_groups:
            _follow(db, person, role)
        person.subject = told.subject
    return person


def _by_address(db: Session, told: Told) -> Person | None:
    """Find whoever has this verified address and was never tied to another account of the provider."""
    person = people.by_email(db, told.email) if told.email else None
    if person is not None and person.subject:
        raise NotLetIn("other")
    return person


def _role_of(told: Told) -> str | None:
    """The strongest role that one of the groups stands for."""
    roles = {role for group, role in _roles_of_groups().items() if group in told.groups}
    return next((role for role in STRONGEST if role in roles), None)


def _roles_of_groups() -> dict[str, str]:
    pairs = (pair.rpartition("=") for pair in settings().oidc_groups.split(",") if pair)
    return {group.strip(): role for group, _sign, role in pairs}


def _follow(db: Session, person: Person, role: str | None) -> None:
    """Let the role be what the groups say now; who is in none of them any more is not let in."""
    if role is None:
        raise NotLetIn("no_group")
    if role != person.role and not (person.role == Role.ADMIN and people.administrators(db) == 1):
        people.change(db, person, name=person.name, role=role, active=True)


def _provider() -> Any:
    """Make the client of the provider; it reads the provider's description and keys once."""
    given = settings()
    kept = current_app.extensions.get("single_sign_on")
    if kept is None or kept[0] != (given.oidc_issuer, given.oidc_client_id):
        oauth = OAuth(current_app)
        oauth.register(
            "provider",
            server_metadata_url=f"{given.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_id=given.oidc_client_id,
            client_secret=given.oidc_client_secret,
            client_kwargs={"scope": SCOPE, "code_challenge_method": "S256", "timeout": TIME_LIMIT},
        )
        kept = ((given.oidc_issuer, given.oidc_client_id), oauth)
        current_app.extensions["single_sign_on"] = kept
    return kept[1].provider


def _way_back() -> str:
    return f"{settings().public_url.rstrip('/')}{url_for('account.single_sign_on_back')}"
