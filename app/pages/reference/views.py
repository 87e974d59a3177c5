"""The reference of all operations, one operation, and the OpenAPI document."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import abort, jsonify

from app.pages.reference import facts, page
from app.pages.reference.forms import Search
from app.rees46.catalogue import domain, every_operation, operation_named
from app.rees46.examples import example_of
from app.rees46.openapi import document, domains, errors, public_words
from app.rees46.samples import samples
from app.web.acts.repeat import may_repeat
from app.web.masking import leave_whole
from app.web.page import open_to_all
from app.web.rees46 import shown_address_of
from app.web.render import render
from app.web.shops import all_shops, shown_shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.rees46.operation import Operation
    from app.store.shops import Shop


@page.get("/")
def index() -> ResponseReturnValue:
    form = Search()
    words = (form.q.data or "").casefold().split()
    found = [kind for kind in every_operation() if facts.matches(kind, words)]
    return render(
        "reference/index.html",
        form=form,
        found=[(name, list(kinds)) for name, kinds in groupby(found, key=domain)],
        number=len(found),
        about=domains(),
    )


@page.get("/<name>")
def show(name: str) -> ResponseReturnValue:
    kind = operation_named(name) or abort(404)
    leave_whole()  # its contacts are examples
    where, example = shown_shop(), example_of(kind)
    return render(
        "reference/show.html",
        kind=kind,
        words=public_words(kind.__doc__ or ""),
        parameters=facts.parameters(kind),
        parts=facts.parts(kind),
        reply=facts.reply(kind),
        samples=samples(example.call, shown_address_of(where), where.shop_id if where else "SHOP_ID"),
        answer=_pretty(example.reply),
        errors=errors(kind.http),
        others=[one for one in every_operation() if domain(one) == domain(kind)],
        trying=_shop_to_try_in(kind),
    )


def _pretty(reply: Any) -> str:
    return reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False, indent=2)


def _shop_to_try_in(kind: type[Operation[Any]]) -> Shop | None:
    """Choose a test shop, the shown one first; none for who may not send such a call."""
    here = shown_shop()
    tests = [one for one in ([here] if here else []) + all_shops() if one.kind == "test"]
    return next(iter(tests), None) if may_repeat(kind) else None


@page.get("/openapi.json")
@open_to_all
def openapi() -> ResponseReturnValue:
    leave_whole()
    return jsonify(document(shown_address_of(None)))
