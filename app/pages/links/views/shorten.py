"""Bringing URLs: one with its own code, or many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _

from app.pages.links import page
from app.pages.links.drafts import MOST, Draft, checked, from_lines, from_table, is_table
from app.pages.links.forms import ManyForm, ShortenForm
from app.pages.links.proceed import keep, onward
from app.store import utm_templates
from app.web.context import desk
from app.web.filters import number
from app.web.page import MARKETERS, needs
from app.web.render import render
from app.web.shops import shop
from app.web.tables.reading import AS_LIKELY
from app.web.tables.upload import Unreadable, content_of, read_content

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.pages.links.forms import MakeForm
    from app.store.link_batches import LinkBatch
    from app.web.tables.reading import Reading


@page.route("/shorten", methods=["GET", "POST"])
@needs(MARKETERS)
def shorten() -> ResponseReturnValue:
    form = ShortenForm(data={"code": request.args.get("code", "")[:64]})
    _offer(form)
    if form.validate_on_submit() and (drafts := _one(form)):
        return onward(keep(drafts, form.once.data or ""))
    return render("links/shorten.html", form=form)


@page.route("/shorten-many", methods=["GET", "POST"])
@needs(MARKETERS)
def shorten_many() -> ResponseReturnValue:
    form = ManyForm()
    _offer(form)
    if form.validate_on_submit() and (batch := _many(form)):
        return onward(batch)
    return render("links/shorten_many.html", form=form, most=MOST)


def _offer(form: MakeForm) -> None:
    with desk().reading() as db:
        templates = utm_templates.of_shop(db, shop().id)
    form.offer(templates, request.args.get("template"))


def _one(form: ShortenForm) -> list[Draft]:
    """Look at the one URL; what is wrong with it is said on the form."""
    draft = Draft(1, form.url.data or "", form.lifetime.data, (form.code.data or "").strip() or None)
    checked([draft], form.lifetime.data, form.tags(), form.own_domain)
    if draft.problem:
        no_url = _("This cannot be shortened. A URL begins with https:// or another scheme.")
        form[draft.problem].errors = [no_url if draft.problem == "url" else _("This does not look right.")]
        return []
    return [draft]


def _many(form: ManyForm) -> LinkBatch | None:
    """Look through the URLs; only when there is none, or too many, is it the form that is wrong."""
    chosen = {"lifetime": form.lifetime.data, "tags": form.tags(), "domain": form.own_domain}
    once = form.once.data or ""
    try:
        if not form.file.data and not is_table(text := form.lines.data or ""):
            return keep(_some(from_lines(text), chosen), once, {"chosen": chosen})
        content = content_of(form.file.data) if form.file.data else text.encode()
        drafts, reading = read_rows(content, AS_LIKELY, chosen)
    except Unreadable as wrong:
        (form.file if form.file.data else form.lines).errors = [wrong.words]
        return None
    return keep(drafts, once, reading, content)


def read_rows(content: bytes, reading: Reading, chosen: dict[str, Any]) -> tuple[list[Draft], dict[str, Any]]:
    """Read the URLs of a file; also say how it was read."""
    table = read_content(content, reading)
    return _some(from_table(table), chosen), table.reading.kept() | {"chosen": chosen}


def _some(drafts: list[Draft], chosen: dict[str, Any]) -> list[Draft]:
    """Refuse none, and more than are made in one go; name what is wrong with each."""
    if not drafts:
        raise Unreadable(_("There is no URL in it."))
    if len(drafts) > MOST:
        raise Unreadable(_("These are more than %(most)s URLs. Split them into parts.", most=number(MOST)))
    return checked(drafts, chosen["lifetime"], chosen["tags"], chosen["domain"])
