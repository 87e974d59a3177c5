"""A cell looked at: what was expected, previewed and delivered; a person's verdict with a note and a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash
from flask_babel import gettext as _

from app.pages.tests import page, pictures
from app.pages.tests.forms import JudgeForm
from app.pages.tests.judging import CHECKS
from app.store.base import now
from app.store.campaigns import parts_of
from app.store.matrix import MatrixCell, MatrixMessage, MatrixPlan, MatrixRun
from app.web.channels import CHANNELS
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.messaging.shown import shown_parts
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.route("/cells/<int:number>", methods=["GET", "POST"])
def cell(number: int) -> ResponseReturnValue:
    """Show a cell; a verdict is kept with who gave it."""
    found = load_or_404(MatrixCell, number=number)
    form = JudgeForm(data={"word": found.word, "note": found.note})
    with desk().reading() as db:
        message = db.get_one(MatrixMessage, found.message_id)
        run = db.get_one(MatrixRun, found.run_id)
        plan = db.get_one(MatrixPlan, run.plan_id)
    if form.validate_on_submit():
        _keep(found, form, plan)
        flash(_("Your verdict is kept."), "success")
        return go(".run", key=run.key)
    filled = parts_of(found.channel, message.texts)
    return render(
        "tests/cell.html",
        cell=found,
        message=message,
        run=run,
        plan=plan,
        form=form,
        came=shown_parts({found.channel: found.delivered or {}}, (message.send and message.send.number) or ""),
        filled=filled,
        channel_names=CHANNELS,
        checks=CHECKS,
    )


def _keep(found: MatrixCell, form: JudgeForm, plan: MatrixPlan) -> None:
    said = {"word": form.word.data, "note": form.note.data or ""}
    before = {"word": found.word, "note": found.note} if found.word else None
    asked = {"plan": plan.name, "channel": found.channel, "cell": found.id}
    with noted("tests.Judge", About(before=before, after=said), asked), desk().writing() as db:
        kept = db.get_one(MatrixCell, found.id)
        kept.word, kept.note, kept.judged = said["word"], said["note"], now()
        kept.judge_id, kept.judge = me().id, me().name
        if form.picture.data:
            pictures.keep(kept, form.picture.data)


@page.get("/cells/<int:number>/picture")
def picture(number: int) -> Response:
    """Give the picture that somebody put beside a verdict."""
    with desk().reading() as db:
        kept = db.get_one(MatrixCell, load_or_404(MatrixCell, number=number).id)
        content = pictures.content_of(kept)
    if content is None:
        abort(404)
    answer = Response(content, mimetype=kept.picture_kind)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
