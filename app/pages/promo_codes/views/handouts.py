"""Handing out a code, and the ledger of those that were handed out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.promo_codes import page, stock
from app.pages.promo_codes.forms import CodeForm, HandOutForm, SettleForm
from app.pages.promo_codes.hand_out import hand_out, of_click
from app.pages.promo_codes.views.ledger import customers_of
from app.rees46.errors import Rees46Error
from app.rees46.promo_codes import Fetch
from app.store import customers, promo_handouts
from app.store.customers import KnownCustomer
from app.store.promo_handouts import PromoHandout
from app.web.acts.alike import asks_first
from app.web.acts.settling import calls_of, settle_act
from app.web.context import desk
from app.web.customers.keys import customer_or_404
from app.web.customers.lookup import look_up
from app.web.customers.parse import read_identifier
from app.web.error_words import in_words
from app.web.loaders import load_or_404
from app.web.page import STAFF, needs
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.pages.promo_codes.stock import Supply


@page.route("/hand-out", methods=["GET", "POST"], endpoint="hand_out")
@needs(STAFF)
def give() -> ResponseReturnValue:
    supplies, form = stock.read(), HandOutForm()
    form.list.offer(supplies, request.args.get("list") or _list_of_before(supplies))
    customer = customer_or_404(request.args["for"]) if request.args.get("for") else None
    if form.validate_on_submit():
        customer = customer or _typed(form)
        handout = None if form.who.errors else _handed_out(form, supplies, customer)
        if handout:
            return go(".handed_out", key=handout.key)
    return render("promo_codes/hand_out.html", form=form, customer=customer, earlier=_earlier(customer))


def _list_of_before(supplies: list[Supply]) -> str | None:
    """The list that was handed out from last stands chosen, unless it is empty by now."""
    with desk().reading() as db:
        last = promo_handouts.last_list(db, shop().id, me().id)
    return next((supply.id for supply in supplies if supply.id == last and supply.state != "empty"), None)


def _typed(form: HandOutForm) -> KnownCustomer | None:
    """Find who was typed, by whichever identifier; somebody REES46 does not know gets an entry all the same."""
    text = (form.who.data or "").strip()
    if not text:
        return None
    found = look_up(text)
    if len(found.people) > 1:
        names = ", ".join(person.customer.name or person.customer.value for person in found.people)
        form.who.errors = [_("This leads to several people: %(names)s. Type one identifier only.", names=names)]
        return None
    if found.person:
        return found.person.customer
    if not form.unknown.data:
        form.who.errors = [_("REES46 knows nobody by “%(text)s”. No code was taken.", text=text)]
        form.unknown.errors = [_("Tick this to hand out the code all the same; the ledger keeps what you typed.")]
        return None
    with desk().writing() as db:
        return customers.remember(db, shop().id, *read_identifier(text))


def _earlier(customer: KnownCustomer | None) -> list[PromoHandout]:
    if customer is None:
        return []
    with desk().reading() as db:
        return promo_handouts.to_customer(db, customer.id, limit=3)


def _handed_out(form: HandOutForm, supplies: list[Supply], customer: KnownCustomer | None) -> PromoHandout | None:
    """Hand out what the form asks for; what speaks against it is put on the form."""
    wanted = next(supply for supply in supplies if supply.id == form.list.data)
    if first := of_click(form.click(customer)):
        return first
    if any(one.code and one.list_id == wanted.id for one in _earlier(customer)) and not form.again.data:
        form.again.errors = [_("This customer has a code of this list already. Tick this to hand out another one.")]
        return None
    if asks_first(form.again, customer, Fetch.name()):
        return None
    if wanted.state == "empty":
        form.list.errors = [_("This list is empty. Nothing was asked of REES46.")]
        return None
    try:
        return hand_out(form.wish(wanted.name, customer))
    except Rees46Error as error:
        form.refuse(_("%(happened)s No code was taken.", happened=in_words(error)["happened"]))
        form.start_over()
        return None


@page.get("/handed-out/<key>")
def handed_out(key: str) -> ResponseReturnValue:
    return _show(key, SettleForm(formdata=None))


@page.post("/handed-out/<key>")
@needs(STAFF)
def settle(key: str) -> ResponseReturnValue:
    """Take a person's word for what became of a try whose answer never came."""
    form, handout = SettleForm(), _handout(key)
    if not form.validate_on_submit():
        return _show(key, form)
    code = (form.code.data or "").strip() if form.outcome.data == "code" else None
    keep = partial(promo_handouts.keep_code, act_id=handout.act_id, code=code) if code else None
    settle_act(handout.act, "done" if code else "failed", form.note.data or "", keep=keep)
    flash(_("Settled. Thank you for looking."), "success")
    return go(".handed_out", key=key)


@page.post("/handed-out/<key>/code")
@needs(STAFF)
def add_code(key: str) -> ResponseReturnValue:
    """Write down the code of a hand-out that somebody settled as done without it."""
    form, handout = CodeForm(), _handout(key)
    if handout.outcome != "done" or handout.code:
        abort(409, _("There is nothing to settle: the outcome is known, or REES46 may still answer."))
    if not form.validate_on_submit():
        return _show(key, SettleForm(formdata=None), form)
    asked = {"handout": handout.key, "list": handout.list_id, "code": form.code.data}
    with noted("promo_codes.KeepCode", About(customer=_customer(handout)), asked), desk().writing() as db:
        promo_handouts.keep_code(db, handout.act_id, form.code.data or "")
    flash(_("The code is in the ledger."), "success")
    return go(".handed_out", key=key)


def _show(key: str, form: SettleForm, code_form: CodeForm | None = None) -> ResponseReturnValue:
    handout = _handout(key)
    return render(
        "promo_codes/handed_out.html",
        handout=handout,
        customer=_customer(handout),
        form=form,
        code_form=code_form or CodeForm(formdata=None),
        calls=calls_of(handout.act),
    )


def _handout(key: str) -> PromoHandout:
    return load_or_404(PromoHandout, key=key)


def _customer(handout: PromoHandout) -> KnownCustomer | None:
    return customers_of([handout]).get(handout.customer_id or 0)


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    """The panel of a customer's profile: what they got."""
    customer = customer_or_404(key)
    with desk().reading() as db:
        got = promo_handouts.to_customer(db, customer.id)
    return render("promo_codes/of.html", customer=customer, got=got)
