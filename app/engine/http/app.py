"""The box as a WSGI app: a route for every answered operation, JSON for every answer, also the refusals."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from blinker import NamedSignal, Namespace
from flask import Flask, Response, request
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import MethodNotAllowed

from app.browsers import HSTS
from app.database import Database, is_passing
from app.engine import handlers
from app.engine.answers import ANSWERED, PREPARED, Answered, Refusal, first_words
from app.engine.http import errors, routes
from app.engine.http.parsing import LARGEST, Repeated, last, without_repeated
from app.engine.http.upload import files_of, parsed_request
from app.engine.store.cache import Known, Memory
from app.engine.store.clock import open_box
from app.engine.store.db import Caller, Circumstances, Db
from app.engine.store.shops import is_secret_of, shop_of
from app.incoming import guard
from app.rees46.request import SECRET_HEADER

if TYPE_CHECKING:
    from app.config import Settings
    from app.engine.store.request_files import RequestFile
    from app.engine.store.shops import Shop
    from app.rees46.operation import Http, Operation
    from app.secret_key import SecretKey

received: NamedSignal = Namespace().signal("received")  # a call of a shop, before it is done; see engine/control


def create_box(settings: Settings) -> Flask:
    """Build the box."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    guard(app)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the provider of Flask has it, its base class has not
    app.extensions["settings"] = settings
    app.extensions["db"] = open_box(settings)
    app.extensions["memory"] = Memory()
    for module in pkgutil.iter_modules(handlers.__path__):
        importlib.import_module(f"{handlers.__name__}.{module.name}")
    for answered in ANSWERED.values():
        hang_up(app, answered)
    errors.init_app(app)
    app.after_request(partial(_guarded, settings))
    routes.init_app(app)
    return app


def _guarded(settings: Settings, answer: Response) -> Response:
    """Let nobody keep an answer, which holds customers' data, nor take it for something else than it says it is."""
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers.update(HSTS if settings.over_https else {})
    return answer


def hang_up(app: Flask, answered: Answered) -> None:
    """Add the routes of one operation: its own and those that clients use instead."""
    http = answered.operation.http
    for number, (method, path) in enumerate([(http.method, http.path), *(way.split(" ", 1) for way in http.also)]):
        rule = path.replace("{", "<").replace("}", ">")
        endpoint = f"{answered.operation.name()}.{number}"
        app.add_url_rule(
            rule, endpoint, partial(_answer, app, answered), methods=[method], provide_automatic_options=False
        )


def _answer(app: Flask, answered: Answered, **in_path: str) -> Response:
    """Answer one call: who asks, for what, then the handler."""
    http = answered.operation.http
    if http.replies == "json":
        _wants_json()
    if request.method == "HEAD" and not http.only_reads:
        raise MethodNotAllowed([http.method])  # Flask takes HEAD for every GET, and a GET of ours may spend
    with parsed_request(request, http.streams, app.extensions["settings"]) as (said, request_file):
        files = {http.uploads: files_of(request)} if http.uploads and request.files else {}
        body, media = _replied(app, answered, said | files | in_path, request_file)
    if http.success == HTTPStatus.NO_CONTENT:
        answer = Response(status=http.success)
        del answer.headers["Content-Type"]  # of nothing
        return answer
    return Response(body, status=http.success, mimetype=media)


def _replied(
    app: Flask, answered: Answered, said: dict[str, Any], request_file: RequestFile | None
) -> tuple[bytes, str]:
    """Find out who asks and for what, and do it."""
    database: Database[Db] = app.extensions["db"]
    known = app.extensions["memory"].of(database.version())
    shop = _shop(database, known, str(last(said.pop("shop_id", ""))))
    if shop is None:
        raise Refusal(answered.operation.http.wrong_key, "Shop not found")
    received.send(app, operation=answered.operation, shop=shop, said=said)
    return performed(app, answered, shop, said, request_file, known=known)


def performed(
    app: Flask,
    answered: Answered,
    shop: Shop,
    said: dict[str, Any],
    request_file: RequestFile | None = None,
    *,
    known: Known | None = None,
) -> tuple[bytes, str]:
    """Do what is asked for a shop, if whoever asks may."""
    database: Database[Db] = app.extensions["db"]
    http = answered.operation.http
    caller = _admitted(shop, http, said, app.extensions["settings"].key)
    at = Circumstances(shop, app.extensions["settings"], caller, request_file=request_file)
    if http.only_reads and known is not None:
        at = replace(at, known=known.once(("of shop", shop.id), Known), remembers=True)
    op = _understood(answered.operation, said)
    body = _done(database, answered, op, _prepared(database, op, at))
    word = op.bare_word()
    return (word.encode(), "text/plain") if word else (body, http.media)


def _prepared(database: Database[Db], op: Operation[Any], at: Circumstances) -> Circumstances:
    prepare = PREPARED.get(type(op))
    if prepare is None:
        return at
    with database.reading() as db:
        db.at = at
        return replace(at, prepared=prepare(db, op))


def _done(database: Database[Db], answered: Answered, op: Operation[Any], at: Circumstances) -> bytes:
    """Run the handler in one transaction; again where another call was quicker and made what this one was making."""
    begin = database.reading if op.http.only_reads else database.writing
    for may_try_again in (True, True, False):
        try:
            with begin() as db:
                db.at = at
                at.afterwards.clear()
                reply = answered.handler(db, op)
                body = answered.operation.write(reply, at.settings.box_shapes)
            _write_afterwards(database, at)
            return body  # noqa: TRY300  # the loop ends here
        except DBAPIError as clash:
            if not (may_try_again and is_passing(clash)):
                raise
    raise AssertionError  # the loop returns or raises


def _write_afterwards(database: Database[Db], at: Circumstances) -> None:
    """Write what a call that reads wants remembered, such as a search in vain; its answer does not hang on it."""
    try:
        for write in at.afterwards:
            with database.writing() as db:
                db.at = at
                write(db)
    except DBAPIError as error:
        from structlog import get_logger  # noqa: PLC0415  # only needed when something broke

        get_logger().warning("the database refused", kind=type(error.orig).__name__)


def _shop(database: Database[Db], known: Known, shop_id: str) -> Shop | None:
    def read() -> Shop | None:
        with database.reading() as db:
            return shop_of(db, shop_id)

    return known.once(("shop", shop_id), read)


def _admitted(shop: Shop, http: Http, said: dict[str, Any], key: SecretKey) -> Caller:
    """Check the shop's secret; it does not belong to the operation, so it is taken out."""
    given = str(last(said.pop("shop_secret", "")) or request.headers.get(SECRET_HEADER, ""))
    has_secret = bool(given) and is_secret_of(shop, given, key)
    is_open = http.open_to_apps and shop.apps_ask_loyalty
    stands_in = http.device_will_do and ("did" in said or is_open) and not given
    if http.secret != "no" and not has_secret and not stands_in:  # noqa: S105  # a way of sending it, not a secret
        raise Refusal(http.wrong_secret, "Invalid secret key")
    return Caller(has_secret, request.remote_addr or "", in_browser="Origin" in request.headers)


def _understood(operation: type[Operation[Any]], said: dict[str, Any]) -> Operation[Any]:
    try:
        return _parsed(operation, said)
    except (ValidationError, RecursionError) as wrong:
        raise Refusal(400, first_words(wrong)) from None


def _parsed(operation: type[Operation[Any]], said: dict[str, Any]) -> Operation[Any]:
    """Take what came several times for a list, unless that is wrong."""
    try:
        return operation.parse(said)
    except ValidationError as wrong:
        scalars = {str(error["loc"][0]) for error in wrong.errors(include_input=False) if error["loc"]}
        if not any(isinstance(said.get(name), Repeated) for name in scalars):
            raise
    return operation.parse(without_repeated(said, scalars))


def _wants_json() -> None:
    accept = request.headers.get("Accept", "")
    if accept and "*" not in accept and "json" not in accept:
        raise Refusal(406, "Only JSON is given")
