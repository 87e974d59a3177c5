"""Errors in words: what happened, whether anything was changed, what to do now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Response, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import DBAPIError
from structlog import get_logger
from werkzeug.exceptions import BadHost, HTTPException

from app.database import trouble_of
from app.rees46.errors import NotFound, Rees46Error, Refused
from app.store.acts import Act, AlreadyDone
from app.store.people import TooManyAtOnce
from app.web.error_words import in_words
from app.web.filters import number
from app.web.http.security import ForeignForm
from app.web.rees46 import NotWrittenDown
from app.web.render import go, wants_fragment
from app.web.safeguards.brakes import Braked
from app.web.safeguards.budgets import LABELS as BUDGETS
from app.web.safeguards.budgets import OverBudget
from app.web.safeguards.second_person import Waits
from app.web.sign_in.held import given_back, is_worth_holding

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue


def init_app(app: Flask) -> None:
    app.register_error_handler(Rees46Error, rees46_failed)
    app.register_error_handler(AlreadyDone, already_done)
    app.register_error_handler(Waits, waits_for_second_person)
    app.register_error_handler(OverBudget, over_budget)
    app.register_error_handler(NotWrittenDown, not_written_down)
    app.register_error_handler(DBAPIError, database_failed)
    app.register_error_handler(TooManyAtOnce, too_many_at_once)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(ForeignForm, foreign_form)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, our_fault)


def rees46_failed(error: Rees46Error) -> Response:
    status = (404 if isinstance(error, NotFound) else 422) if isinstance(error, Refused) else 502
    if isinstance(error, Braked):
        return _answer(423, _("Stopped for now"), happened=error.message, changed=_("Nothing was changed."), advice="")
    return _answer(
        status,
        _("REES46 refused") if isinstance(error, Refused) else _("No answer from REES46"),
        operation=error.operation,
        **in_words(error),
    )


def already_done(done: AlreadyDone) -> Response:
    return _answer(
        409,
        _("Already done") if done.act.outcome == "done" else _("Already clicked"),
        happened=earlier_click(done.act),
        changed="",
        advice="",
        link=url_for("trail.show", number=done.act.id),
        link_text=_("See what was done"),
    )


def waits_for_second_person(waits: Waits) -> ResponseReturnValue:
    """Lead to what was asked for, where it says what happens next."""
    flash(_("Nothing was sent yet: a second person has to approve it first."), "info")
    return go("approvals.show", key=waits.key)


def over_budget(over: OverBudget) -> Response:
    """Say the figure, and who can let somebody go beyond it."""
    what = BUDGETS[over.kind]
    return _answer(
        429,
        _("Beyond your budget"),
        happened=_("%(what)s: your role has %(most)s, and this would be more.", what=what, most=number(over.most)),
        changed=_("Nothing was sent, and nothing was changed."),
        advice=_("Wait until the hour or the day is over, or ask a second person for an hour beyond it."),
        link=url_for("approvals.allowance", kind=over.kind) if g.get("shop") else "",
        link_text=_("Ask a second person"),
    )


def earlier_click(act: Act) -> str:
    """Say what an earlier click of the same form did."""
    words = {
        "done": _("This was done by an earlier click; nothing was done a second time."),
        "trying": _("An earlier click is doing this right now; nothing was done a second time."),
        "awaiting": _("An earlier click did this, and it waits for a second person; nothing was done a second time."),
        "held": _("An earlier click did this, and it waits to be sent; nothing was done a second time."),
    }
    unknown = _("An earlier click sent this, and nobody knows whether it was done. Nothing was sent a second time.")
    return words.get(act.outcome, unknown)


def database_failed(error: DBAPIError) -> Response:
    """Say that the desk cannot write, or is busy; with what was sent before that."""
    trouble = trouble_of(error)
    if trouble == "other":
        return our_fault(error)
    get_logger().error("the database refused", kind=type(error.orig).__name__, trouble=trouble)
    untouched = _("Nothing was sent, and nothing was changed.")
    sent = _("Before that something was sent to REES46. Look at the audit trail before you try again.")
    changed = sent if g.get("is_sent") else untouched
    if trouble == "full":
        return _answer(
            507,
            _("The disk is full"),
            happened=_("Desk46 cannot write to its database: the disk is full."),
            changed=changed,
            advice=_("Pages can still be read. Tell whoever runs Desk46."),
        )
    return _answer(
        503,
        _("Too busy"),
        happened=_("The database of Desk46 does not answer in time."),
        changed=changed,
        advice=_("Try again in a moment."),
    )


def not_written_down(error: NotWrittenDown) -> Response:
    return _answer(
        507,
        _("Done, and not written down"),
        happened=_("REES46 did it, and Desk46 could not write that down: its disk is full."),
        changed=_("Do not do it again. In the audit trail it will be unknown."),
        advice=_("Tell whoever runs Desk46."),
        link=url_for("trail.show", number=error.act_id),
        link_text=_("See what was done"),
    )


def too_many_at_once(_error: TooManyAtOnce) -> Response:
    answer = _answer(
        429,
        _("Too busy"),
        happened=_("Too many passwords are being checked at this moment."),
        changed=_("Nothing was changed."),
        advice=_("Try again in a moment."),
    )
    answer.headers["Retry-After"] = "2"
    return answer


def stale_form(_error: CSRFError) -> Response:
    """Say so, and lose nothing of what was typed: the page holds it, or htmx leaves it and gets a valid token."""
    if is_worth_holding() and not wants_fragment():
        return given_back()
    again = _("Press the button once more.") if wants_fragment() else _("Go back, reload the page and try again.")
    happened = _("The page was open for too long, or you signed in again since.")
    answer = _answer(400, _("The form is too old"), happened=happened, changed=_("Nothing was changed."), advice=again)
    if wants_fragment():
        answer.headers["HX-Trigger"] = json.dumps({"token": {"value": generate_csrf()}})
    return answer


def foreign_form(error: ForeignForm) -> Response:
    return _answer(
        403,
        _("From another site"),
        happened=_(
            "This form was not sent from a page of Desk46: your browser says “%(origin)s”.", origin=error.origin[:200]
        ),
        changed=_("Nothing was changed."),
        advice=_(
            "Open the page in Desk46 and try again there. If this is the address people use, whoever "
            "runs Desk46 sets DESK46_PUBLIC_URL to it."
        ),
    )


def http_error(error: HTTPException) -> Response:
    if isinstance(error, BadHost):  # no URL can be made of such a host, and every page has some
        return Response(_("There is no such host here. Nothing was changed."), status=400, mimetype="text/plain")
    title, happened = _http_words().get(error.code or 500, (error.name, error.description or ""))
    if error.code == 409 and error.description:
        happened = error.description
    answer = _answer(error.code or 500, title, happened=happened, changed=_untouched(), advice="")
    if allowed := getattr(error, "valid_methods", None):
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def _untouched() -> str:
    """Say that nothing was changed, unless a call that changes something went out before."""
    return _("We do not know whether anything was changed.") if g.get("is_sent") else _("Nothing was changed.")


def our_fault(error: Exception) -> Response:
    get_logger().error("a view failed", kind=type(error).__name__, where=_where(error), endpoint=request.endpoint)
    return _answer(
        500,
        _("Our fault"),
        happened=_("Something in Desk46 broke."),
        changed=_("We do not know whether anything was changed."),
        advice=_("Look at the audit trail before you try again, and tell us the number below."),
    )


def _where(error: BaseException) -> str:
    """Name file and line, never the message: it may quote what a person typed."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


def _answer(status: int, title: str, **words: Any) -> Response:
    context = {"status": status, "title": title, "request_id": g.get("request_id"), **words}
    again = request.full_path if request.query_string else request.path
    fields = {"again": again, "link": "", "link_text": "", "operation": ""}
    template = "errors/panel.html" if wants_fragment() else "errors/page.html"
    answer = Response(render_template(template, **(fields | context)), status=status, mimetype="text/html")
    if wants_fragment() and request.method != "GET":  # what was typed stays where it is
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#messages", "innerHTML"
    return answer


def _http_words() -> dict[int, tuple[str, str]]:
    return {
        403: (_("Not for your role"), _("Your role does not allow this. Ask an administrator if you need it.")),
        404: (_("Not found"), _("There is no such page, or it is gone.")),
        405: (_("Not that way"), _("This address cannot be used like this.")),
        409: (_("Not yet"), ""),
        413: (_("Too large"), _("What was sent is larger than this page takes.")),
        429: (_("Too often"), _("There were too many tries. Wait a minute.")),
    }
