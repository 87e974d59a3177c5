"""The trigger bench: how somebody stands to a product, and the stories that were begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.benches import page
from app.pages.benches.choosing import personas
from app.pages.benches.forms import LONGEST_ID
from app.pages.benches.triggers.beginning import begin, persona_of
from app.pages.benches.triggers.forms import MADE, AskFilters, StoryForm
from app.pages.benches.triggers.items import UNTOLD
from app.pages.benches.triggers.plots import KINDS, PLOTS
from app.pages.benches.triggers.standing import name_of, standing_of
from app.store import trigger_stories as store
from app.web.catalogue import read_product
from app.web.context import desk
from app.web.forms.fields import choices
from app.web.panels.standing import read_or
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SHOWN = 10  # stories that are listed


@page.get("/triggers")
def triggers() -> ResponseReturnValue:
    """Show how a persona stands to a product, and offer stories of both."""
    asked = AskFilters()
    return _bench(StoryForm(formdata=None, product=asked.item.data, who=request.args.get("persona", "")))


def _bench(form: StoryForm) -> ResponseReturnValue:
    asked, offered = AskFilters(), personas()[1:]
    asked.persona.choices = [*choices({"": _("Choose a persona")}), *offered]
    made = [] if shop().kind == "live" else choices({MADE: _("Somebody made up for it")})
    form.who.choices = [*offered, *made]
    item, who = (asked.item.data or "")[:LONGEST_ID], persona_of(asked.persona.data)
    product, error = read_or(lambda: read_product(item) if item else None, None)
    standing, trouble = read_or(lambda: standing_of(who[1], item) if who and product else None, None)
    with desk().reading() as db:
        stories = store.newest(db, shop().id, SHOWN)
    return render(
        "benches/triggers.html",
        failure.status if (failure := error or trouble) else None,
        asked=asked,
        form=form,
        who=who,
        item=item,
        product=product,
        standing=standing,
        error=error or trouble,
        stories=stories,
        kinds=KINDS,
        plots=PLOTS,
        channel_name=name_of,
        untold=UNTOLD,
        has_personas=bool(offered),
    )


@page.post("/triggers")
def begin_story() -> ResponseReturnValue:
    """Keep a story; nothing is sent before its first button is pressed."""
    form = StoryForm()
    form.who.choices = [*personas()[1:], *choices({MADE: ""})]
    if form.validate_on_submit() and (story := begin(form)):
        return go(".story", key=story.key)
    return _bench(form)
