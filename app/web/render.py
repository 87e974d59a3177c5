"""Rendering: the whole page, or only the block that htmx asked for; 422 when a form has errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, g, render_template, request, url_for
from flask import redirect as flask_redirect
from flask.templating import Environment
from flask.typing import ResponseReturnValue
from htmx_flask import Htmx, make_response
from wtforms.form import BaseForm

from app.web.results import is_result, lead_to_result

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from flask import Flask
    from jinja2 import Template

htmx = Htmx()


class Templates(Environment):
    """Jinja as Flask has it, but templates share the globals as they are: each import of a macro looks them through."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    htmx.init_app(app)
    app.jinja_env.globals["is_fragment"] = wants_fragment
    app.after_request(_vary)


def render(template: str, status: int | None = None, *, seen_once: bool = False, **context: Any) -> Response:
    """Answer with a page.

    When htmx asks, only one block of the template is given: the one named after the target's id (dashes become
    underscores), else the block `panel`, else the whole page. A form that is not refused is led to its answer, which
    gets an address of its own; `seen_once` forgets it when it was seen.
    """
    found = current_app.jinja_env.get_template(template)
    code = status or g.get("refused_with") or _status_of(context)
    block = _block_for(found) if wants_fragment() else None
    if block is None and is_result(code) and (led := _led_to_result(found, context, seen_once=seen_once)):
        return led
    body = _render_block(found, block, context) if block else render_template(template, **context)
    answer: Response = make_response(body)
    answer.status_code = code
    return answer


def _led_to_result(found: Template, context: dict[str, Any], *, seen_once: bool) -> Response | None:
    """Redirect to what stands within the frame of a page; htmx is told to load it."""
    title, main = _render_block(found, "title", context), _render_block(found, "main", context)
    led = lead_to_result(title, main, seen_once=seen_once)
    if led is None or not wants_fragment():
        return led
    told: Response = make_response("", 204, redirect=led.location)
    return told


def go(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Redirect after a POST; htmx is told to load the page as a browser would."""
    url = url_for(endpoint, **values)
    if wants_fragment():
        told: Response = make_response("", 204, redirect=url)
        return told
    return flask_redirect(url, 303)


def load_anew(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Let htmx load the whole page again; who has no htmx is led to it."""
    if wants_fragment():
        told: Response = make_response("", 200, refresh=True)
        return told
    return flask_redirect(url_for(endpoint, **values), 303)


def toast(answer: Response, words: str, tone: str = "success") -> Response:
    """Let the browser show a short message beside a fragment."""
    triggered: Response = make_response(answer, trigger={"toast": {"text": words, "tone": tone}})
    return triggered


def tell(words: str, tone: str = "success", event: str = "") -> Response:
    """Answer htmx with a short message alone, and an event for whoever waits for it; nothing is swapped."""
    events: dict[str, Any] = {"toast": {"text": words, "tone": tone}} | ({event: {}} if event else {})
    told: Response = make_response("", 200, trigger=events, reswap="none")
    return told


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page rather than for a page."""
    return bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]  # htmx-flask's request class


def _block_for(template: Template) -> str | None:
    target = (request.htmx.target or "").rpartition("#")[2]  # type: ignore[attr-defined]  # as above; htmx 4 says "div#id"
    wanted = (target.replace("-", "_"), "panel")
    return next((name for name in wanted if name in template.blocks), None)


def _render_block(template: Template, block: str, context: dict[str, Any]) -> str:
    current_app.update_template_context(context)
    frame = template.new_context(context)
    next(template.root_render_func(frame), None)  # up to the page's first words: the imports at the top of the template
    return "".join(frame.blocks[block][0](frame))


def _status_of(context: dict[str, Any]) -> int:
    forms = [value for value in context.values() if isinstance(value, BaseForm)]
    return 422 if any(form.errors or form.form_errors for form in forms) else 200


def _vary(answer: Response) -> Response:
    answer.vary.add("HX-Request")
    return answer
