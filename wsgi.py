"""What a WSGI server serves: `wsgi:application` is the dashboard, with the box at /api; `wsgi:engine` the box alone.

Each is built when it is first asked for, so that serving one neither builds nor needs the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import config

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def __getattr__(name: str) -> Flask:
    if name not in {"application", "engine"}:
        raise AttributeError(name)
    try:
        settings = config.read()
    except config.WrongSettingsError as error:
        raise SystemExit(str(error)) from None
    built = _application(settings) if name == "application" else _engine(settings)
    globals()[name] = built
    return built


def _application(settings: Settings) -> Flask:
    from werkzeug.middleware.dispatcher import DispatcherMiddleware  # noqa: PLC0415  # see above

    from app import create_app  # noqa: PLC0415  # see above

    if not settings.in_a_box:
        return create_app(settings)
    box = _engine(settings)
    application = create_app(settings, box)
    application.wsgi_app = DispatcherMiddleware(application.wsgi_app, {"/api": box})  # type: ignore[method-assign]  # as Flask's documentation does
    return application


def _engine(settings: Settings) -> Flask:
    from app.engine.http.app import create_box  # noqa: PLC0415  # see above

    box = create_box(settings)
    if settings.box_control:
        from app.engine.control import open_on  # noqa: PLC0415  # see above

        open_on(box)
    return box
