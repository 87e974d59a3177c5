"""Beginning a story: who it is about, what the product is now, and why it cannot be told."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.benches.triggers.forms import MADE, StoryForm
from app.pages.benches.triggers.items import item_of, lacks
from app.pages.benches.triggers.plots import steps_of
from app.pages.benches.triggers.standing import ways_to
from app.store import benches, customers
from app.store import trigger_stories as store
from app.store.erasing import ERASED
from app.store.trigger_stories import TriggerStep, TriggerStory
from app.web.catalogue import read_product
from app.web.context import desk
from app.web.paging_args import whole_number
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from typing import Any

    from app.store.customers import KnownCustomer


def persona_of(number: int | None) -> tuple[str, KnownCustomer] | None:
    """Find a persona with its customer; one who was erased is nobody any more."""
    with desk().reading() as db:
        persona = benches.persona(db, shop().id, number)
        customer = customers.by_ids(db, {persona.customer_id}).get(persona.customer_id) if persona else None
    if persona is None or customer is None or customer.kind == ERASED:
        return None
    return persona.name, customer


def begin(form: StoryForm) -> TriggerStory | None:
    """Keep the story that a form asks for; None when it cannot be told, which the form says."""
    who = _whom(form)
    item = _item(form)
    if who is None or item is None:
        return None
    name, customer = who
    if form.suppresses and name and not _is_suppressed(customer):
        form.who.errors = [_("An address stays suppressed for good: choose somebody whose is, or somebody made up.")]
        return None
    kind, plot = form.kind.data, form.plot.data
    names = steps_of(kind, plot, is_live=shop().kind != "test")
    story = TriggerStory(
        shop_id=shop().id,
        person=me().name,
        customer_id=customer.id,
        name=name,
        kind=kind,
        plot=plot,
        item_id=form.product.data,
        item=item,
        before={},
        reason=(form.reason.data or "").strip() or None,
        once=form.once.data or secrets.token_hex(8),
        steps=[TriggerStep(place=place, name=step) for place, step in enumerate(names)],
    )
    with desk().writing() as db:
        return store.add(db, story)


def _whom(form: StoryForm) -> tuple[str, KnownCustomer] | None:
    if form.who.data == MADE:
        address = f"desk46-test-{secrets.token_hex(6)}@example.com"
        with desk().writing() as db:
            return "", customers.remember(db, shop().id, "email", address)
    found = persona_of(whole_number(form.who.data))
    if found is None:
        form.who.errors = [_("There is no such persona any more.")]
    return found


def _item(form: StoryForm) -> dict[str, Any] | None:
    product = read_product(form.product.data or "")
    if product is None:
        form.product.errors = [_("REES46 knows no such product.")]
        return None
    item = item_of(product, form.product.data or "")
    if shop().kind == "test" and (missing := lacks(item)):
        form.product.errors = [
            _("It could not be put back: REES46 does not tell its %(names)s.", names=", ".join(missing))
        ]
        return None
    if not item.get("price"):
        form.product.errors = [_("REES46 tells no price of this product.")]
        return None
    return item


def _is_suppressed(customer: KnownCustomer) -> bool:
    return any(way.channel == "email" and way.answer == "no" for way in ways_to(customer))
