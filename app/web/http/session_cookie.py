"""The cookie of the session: what an older secret key signed is signed anew, so that this key can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature

if TYPE_CHECKING:
    from flask import Flask, Request
    from flask.sessions import SecureCookieSession


class SessionCookie(SecureCookieSessionInterface):
    """Flask's own, which reads with each key and writes with the newest what changed."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        session = super().open_session(app, request)
        cookie = request.cookies.get(self.get_cookie_name(app))
        if session and cookie and app.config["SECRET_KEY_FALLBACKS"] and not self._is_by_the_newest(app, cookie):
            session.modified = True
        return session

    def _is_by_the_newest(self, app: Flask, cookie: str) -> bool:
        serializer = self.get_signing_serializer(app)
        if serializer is None:
            return False
        serializer.secret_keys = serializer.secret_keys[-1:]  # itsdangerous has the oldest first
        try:
            serializer.loads(cookie)
        except BadSignature:
            return False
        return True
