"""Headers, cookies and CSRF tokens: what keeps pages from being used against the people who read them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, current_app, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.browsers import HSTS, foreign_origin
from app.web.http.session_cookie import SessionCookie

if TYPE_CHECKING:
    from flask import Flask, Response

POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect", "manifest", "frame")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.config.update(
        SECRET_KEY=settings.key.newest,
        SECRET_KEY_FALLBACKS=list(settings.key.older),
        WTF_CSRF_SECRET_KEY=settings.key.oldest_first,  # as itsdangerous takes them
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=12 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME=settings.cookie_name("desk46"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.over_https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = SessionCookie()
    app.before_request(_refuse_foreign_forms)  # before the token is looked at, which says less to whoever reads it
    csrf.init_app(app)
    if hops := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as Flask's documentation does
    app.before_request(_refuse_nul)
    app.after_request(_headers)


def _refuse_nul() -> None:
    """Turn away addresses with a sign that no database keeps: PostgreSQL would make an error of ours out of it."""
    if "\0" in request.path or any("\0" in text for pair in request.args.items(multi=True) for text in pair):
        abort(404)


class ForeignForm(Exception):
    """A form came from a page that is none of ours; `origin` is what the browser says of it."""

    def __init__(self, origin: str) -> None:
        super().__init__("foreign form")
        self.origin = origin


def _refuse_foreign_forms() -> None:
    """Look where a form was sent from, beside the token in it."""
    public_url = current_app.extensions["settings"].public_url
    if (origin := foreign_origin(request, public_url)) is not None:
        raise ForeignForm(origin)


def _headers(answer: Response) -> Response:
    over_https = current_app.extensions["settings"].over_https
    for name, value in (HEADERS | HSTS if over_https else HEADERS).items():
        answer.headers.setdefault(name, value)
    if "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store"
    return answer
