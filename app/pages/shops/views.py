"""Managing shops, and choosing the one in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import abort, flash, request, url_for
from flask import redirect as flask_redirect
from flask_babel import gettext as _
from sqlalchemy import select

from app.pages.shops import approvals, page
from app.pages.shops.columns import columns
from app.pages.shops.forms import AddForm, ChatForm, EditForm, ShopForm
from app.rees46.errors import Rees46Error
from app.rees46.promo_codes import Lists
from app.store import shops
from app.store.people import Person
from app.store.shops import Shop, fingerprint
from app.web.calls.addresses import is_same_place, private_address
from app.web.context import desk, settings
from app.web.error_words import in_words
from app.web.page import EVERYONE, asks_again, needs
from app.web.rees46 import About, address_of, ask, noted
from app.web.render import go, render
from app.web.shops import all_shops, begin_in
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

TYPED = ("name", "kind", "colour", "shop_id", "api_url")
SHOWN = (*TYPED, "channels")


@page.get("/")
def index() -> ResponseReturnValue:
    with desk().reading() as db:
        every = shops.every(db)
    return render("shops/index.html", every=every, columns=columns(_shown_address))


def _shown_address(shop: Shop) -> str:
    """The address people know; the box of this process has none."""
    in_a_box = not shop.api_url and settings().in_a_box
    return _("REES46 in a box, in this very process") if in_a_box else address_of(shop)


@page.post("/switch")
@needs(EVERYONE)
def switch() -> ResponseReturnValue:
    """Go to another shop, and begin there from now on; pages that are open stay in theirs."""
    wanted = request.form.get("shop", "")
    chosen = next((shop for shop in all_shops() if wanted == str(shop.id)), None) or abort(404)
    begin_in(chosen)
    with desk().writing() as db:
        db.get_one(Person, me().id).shop_id = chosen.id
    return flask_redirect(url_for("home.index", shop=chosen.slug), 303)


@page.route("/add", methods=["GET", "POST"])
@asks_again
def add() -> ResponseReturnValue:
    form = AddForm()
    if form.validate_on_submit() and not _taken(form, None) and _may_be_at(form):
        shop = Shop(**_facts(form))
        after = _facts(form) | {"fingerprint": fingerprint(str(form.secret.data))}
        with noted("shops.Add", About(after=after)), desk().writing() as db:
            shop.keep_secret(str(form.secret.data), settings().key)
            shops.add(db, shop)
        flash(_("Added. Try the connection now."), "success")
        return go(".edit", number=shop.id)
    return render("shops/add.html", form=form)


@page.route("/<int:number>", methods=["GET", "POST"])
@asks_again
def edit(number: int) -> ResponseReturnValue:
    shop = _shop(number)
    form = EditForm(obj=shop)
    if form.validate_on_submit() and not _taken(form, number) and _may_move(form, shop):
        before = {name: getattr(shop, name) for name in (*SHOWN, "active", "fingerprint")}
        key = fingerprint(form.secret.data) if form.secret.data else shop.fingerprint
        after = {**_facts(form), "active": form.active.data, "fingerprint": key}
        with noted("shops.Edit", About(before=before, after=after)), desk().writing() as db:
            _write(db.get_one(Shop, number), form)
        flash(_("Saved."), "success")
        return go(".edit", number=number)
    return render("shops/edit.html", form=form, edited=shop, address=_shown_address(shop))


def _write(shop: Shop, form: EditForm) -> None:
    for name, value in _facts(form).items():
        setattr(shop, name, value)
    shop.active = bool(form.active.data)
    if form.secret.data:
        shop.keep_secret(form.secret.data, settings().key)


def _facts(form: ShopForm) -> dict[str, Any]:
    return {name: (form[name].data or "").strip() for name in TYPED} | {"channels": form.channels.data or []}


def _taken(form: ShopForm, number: int | None) -> bool:
    with desk().reading() as db:
        other = db.scalar(select(Shop).where(Shop.name == (form.name.data or "").strip()))
    if other and other.id != number:
        form.name.errors = [_("Another shop has this name.")]
        return True
    return False


def _may_move(form: EditForm, shop: Shop) -> bool:
    """Send a secret to no address that it was not entered for, and nothing to one that is not public."""
    moved = Shop(api_url=_facts(form)["api_url"])
    if is_same_place(address_of(moved), address_of(shop)):
        return True
    if not form.secret.data:
        form.secret.errors = [
            _("The address is another one, and the present secret is not sent there. Enter the secret again.")
        ]
        return False
    return _may_be_at(form)


def _may_be_at(form: ShopForm) -> bool:
    url = _facts(form)["api_url"]
    private = private_address(url, settings()) if url else None
    if private is None:
        return True
    form.api_url.errors = [_not_public(private)]
    return False


def _not_public(address: str) -> str:
    return _(
        "This leads to %(address)s, which is not a public address. Whoever runs Desk46 allows such addresses with "
        "DESK46_PRIVATE_SHOPS=true.",
        address=address,
    )


@page.route("/<int:number>/chat", methods=["GET", "POST"])
@asks_again
def chat(number: int) -> ResponseReturnValue:
    """Say to which chat notices of a shop are posted."""
    shop = _shop(number)
    form = ChatForm(obj=shop)
    if form.validate_on_submit() and _may_post_to(form, shop):
        url, secret = form.chat_url.data or "", form.chat_secret.data or None
        about = About(
            before={"chat_url": _host(shop.chat_url)},
            after={"chat_url": _host(url), "secret": "new" if secret else "as before"},
            begun=lambda db, _row: db.get_one(Shop, number).keep_chat(url, secret, settings().key),
        )
        with noted("shops.Chat", about, {"shop": shop.name}):
            flash(_("Saved."), "success")
        return go(".edit", number=number)
    return render("shops/chat.html", form=form, edited=shop)


def _may_post_to(form: ChatForm, shop: Shop) -> bool:
    """Post to no address inside the network, nor under a secret that was entered for another one."""
    url = form.chat_url.data or ""
    if url and not form.chat_secret.data and (not shop.locked_chat_secret or url != shop.chat_url):
        form.chat_secret.errors = [_("Enter the secret for this address.")]
        return False
    private = private_address(url, settings()) if url else None
    if private:
        form.chat_url.errors = [_not_public(private)]
    return private is None


def _host(url: str) -> str:
    """What the trail shows of an address: what stands behind the host is a key of its own."""
    return urlsplit(url).netloc.rpartition("@")[2]


@page.route("/<int:number>/approvals", methods=["GET", "POST"])
@asks_again
def second_person(number: int) -> ResponseReturnValue:
    """Say which acts of a shop wait for a second person."""
    shop = _shop(number)
    form = approvals.form_for(shop)
    if form.validate_on_submit():
        approvals.write(shop, form)
        return go(".edit", number=number)
    return render("shops/approvals.html", form=form, edited=shop)


@page.post("/<int:number>/try")
def try_connection(number: int) -> ResponseReturnValue:
    """Ask something harmless with the keys as they are kept."""
    shop = _shop(number)
    try:
        lists = ask(Lists(), of=shop)
    except Rees46Error as error:
        words = in_words(error)
        flash(f"{words['happened']} {words['advice']}", "danger")
    else:
        flash(_("It works: REES46 accepted both keys and named %(number)s promo lists.", number=len(lists)), "success")
    return go(".edit", number=number)


def _shop(number: int) -> Shop:
    with desk().reading() as db:
        return db.get(Shop, number) or abort(404)
