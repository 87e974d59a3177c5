"""UTM templates: a team's own, so that campaigns are written the same way every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.links import page
from app.pages.links.columns import template_columns
from app.pages.links.forms import TemplateForm
from app.store import utm_templates
from app.store.utm_templates import TAGS, UtmTemplate
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.page import MARKETERS, needs
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page
from app.web.tables.numbered import numbered

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session


@page.route("/templates", methods=["GET", "POST"])
@needs(MARKETERS)
def templates() -> ResponseReturnValue:
    form = TemplateForm()
    if form.validate_on_submit() and _is_new_name(form):
        said = _said(form)
        with noted("links.AddTemplate", About(after=said)), desk().writing() as db:
            db.add(UtmTemplate(shop_id=shop().id, person=me().name, **said))
        flash(_("The template “%(name)s” is kept.", name=said["name"]), "success")
        return go(".templates")
    return list_page("links/templates.html", lambda db, _at: _listing(db), form=form)


def _listing(db: Session) -> Listing[UtmTemplate]:
    part = numbered(utm_templates.of_shop(db, shop().id))
    return Listing(_("UTM templates"), template_columns(), part.slice, file="utm-templates", numbered=part)


@page.route("/templates/<key>", methods=["GET", "POST"])
@needs(MARKETERS)
def template(key: str) -> ResponseReturnValue:
    known = _template(key)
    form = TemplateForm(obj=known)
    if form.validate_on_submit() and _is_new_name(form, known.id):
        about = About(before={"name": known.name} | known.tags, after=_said(form))
        with noted("links.EditTemplate", about), desk().writing() as db:
            changed = db.get_one(UtmTemplate, known.id)
            for name, value in _said(form).items():
                setattr(changed, name, value)
        flash(_("The template “%(name)s” is kept.", name=form.name.data), "success")
        return go(".templates")
    return render("links/template.html", form=form, known=known)


@page.post("/templates/<key>/delete")
@needs(MARKETERS)
def delete_template(key: str) -> ResponseReturnValue:
    known = _template(key)
    with noted("links.DeleteTemplate", About(before={"name": known.name} | known.tags)), desk().writing() as db:
        utm_templates.drop(db, known.id)
    flash(_("The template “%(name)s” is deleted. Links that were made with it stay.", name=known.name), "success")
    return go(".templates")


def _said(form: TemplateForm) -> dict[str, str]:
    return {name: (form[name].data or "").strip() for name in ("name", *TAGS)}


def _is_new_name(form: TemplateForm, but: int | None = None) -> bool:
    with desk().reading() as db:
        taken = utm_templates.has_name(db, shop().id, (form.name.data or "").strip(), but)
    if taken:
        form.name.errors = [_("There is a template of this name.")]
    return not taken


def _template(key: str) -> UtmTemplate:
    return load_or_404(UtmTemplate, key=key)
