"""How the box says no: a status of rees46.md#status-codes and an error body, whatever went wrong."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, jsonify, request
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from structlog import get_logger
from werkzeug.exceptions import HTTPException

from app.database import trouble_of
from app.engine.answers import Refusal
from app.engine.http.parsing import LARGEST
from app.engine.store.identity import PurgedError
from app.rees46.catalogue import operation_named

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Register what is answered to each kind of error."""
    app.register_error_handler(Refusal, lambda refusal: error(refusal.status, refusal.message, refusal.headers))
    app.register_error_handler(PurgedError, lambda _: error(400, "The address bounced and was purged for ever"))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(Exception, _our_fault)


def error(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    """Give an error body."""
    answer = jsonify(_body(message))
    answer.status_code = status
    answer.headers.update(headers or {})
    return answer


def _body(message: str) -> dict[str, Any]:
    """Write the error body of rees46.md#error-bodies, with the message in both of its places."""
    kind = operation_named((request.endpoint or "").rpartition(".")[0])
    if kind and current_app.extensions["settings"].box_shapes == "newest" and kind.http.refuses_by == "success":
        return {"success": False, "payload": {"message": message}}
    return {"status": "error", "payload": {"message": message}, "message": message}


def _http_error(wrong: HTTPException) -> Response:
    status = wrong.code or HTTPStatus.INTERNAL_SERVER_ERROR
    last_word = request.path.rpartition("/")[2]
    if status == HTTPStatus.NOT_FOUND and "." in last_word and not last_word.endswith(".json"):
        return error(HTTPStatus.NOT_ACCEPTABLE, "Only JSON is given")
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:  # not among the statuses of the API (rees46.md#limits)
        return error(HTTPStatus.BAD_REQUEST, f"A request has at most {LARGEST // 1024 // 1024} MB")
    allowed = getattr(wrong, "valid_methods", None)
    return error(status, wrong.name, {"Allow": ", ".join(sorted(allowed))} if allowed else {})


def _database_error(wrong: DBAPIError) -> Response:
    if isinstance(wrong, IntegrityError | DataError):
        return error(HTTPStatus.BAD_REQUEST, "The values contradict what is already kept, or do not fit")
    trouble = trouble_of(wrong)
    if trouble == "full":
        return error(HTTPStatus.INSUFFICIENT_STORAGE, "The database cannot be written to: its disk is full.")
    if trouble == "busy":
        return error(HTTPStatus.SERVICE_UNAVAILABLE, "The database is busy. Nothing was changed, try again later.")
    return _our_fault(wrong)


def _our_fault(wrong: Exception) -> Response:
    get_logger().error("the box failed", kind=type(wrong).__name__, path=request.url_rule and request.url_rule.rule)
    return error(500, "We had a problem with our server. Try again later.")
