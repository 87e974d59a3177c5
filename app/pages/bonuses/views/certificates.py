"""One certificate of a customer: what happened to it, and letting it be spent, stopping it for a while or for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash

from app.pages.bonuses import page
from app.pages.bonuses.forms import CertificateForm
from app.pages.bonuses.reading import end_of, number_of, told
from app.pages.bonuses.words import DONE, VERBS, offered, status_of
from app.rees46.errors import Refused
from app.rees46.loyalty_certificates import ByUser, Transactions
from app.web.customers.keys import customer_or_404
from app.web.forms.fields import choices
from app.web.rees46 import About, act
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.rees46.loyalty_certificates import InPool
    from app.store.customers import KnownCustomer


@page.get("/of/<key>/certificates/<int:number>")
def certificate(key: str, number: int) -> ResponseReturnValue:
    customer = customer_or_404(key)
    return _show(customer, _certificate_or_404(customer, number), CertificateForm(formdata=None))


def _certificate_or_404(customer: KnownCustomer, number: int) -> InPool:
    """Find a certificate of this customer by its number; its code spends it, and stands in no address."""
    phone = number_of(customer)
    listed = told(ByUser(identifier=phone)) if phone else None
    return next((one for one in listed or () if one.certificate.id == number), None) or abort(404)


def _show(customer: KnownCustomer, found: InPool, form: CertificateForm) -> ResponseReturnValue:
    form.verb.choices = choices(offered(found.certificate.status))
    return render(
        "bonuses/certificate.html",
        customer=customer,
        it=found.certificate,
        pool=found.pool,
        end=end_of(found.certificate.code),
        status_shown=status_of(found.certificate.status),
        told=told(Transactions(code=found.certificate.code)),
        form=form,
    )


@page.post("/of/<key>/certificates/<int:number>")
def change(key: str, number: int) -> ResponseReturnValue:
    """Do to a certificate what its status allows. Neither trail nor request log gets to know its code."""
    customer = customer_or_404(key)
    found, form = _certificate_or_404(customer, number), CertificateForm()
    form.verb.choices = choices(offered(found.certificate.status))
    if not form.validate_on_submit():
        return _show(customer, found, form)
    asked = {"certificate": number, "code": end_of(found.certificate.code)}
    before = {"status": found.certificate.status}
    about = About(customer=customer, before=before, reason=form.why.data, once=form.once.data, asked=asked)
    try:
        act(VERBS[form.verb.data](code=found.certificate.code), about)
    except Refused as refused:
        form.refuse(refused.message)
        return _show(customer, found, form)
    flash(str(DONE[form.verb.data]), "success")
    return go(".certificate", key=key, number=number)
