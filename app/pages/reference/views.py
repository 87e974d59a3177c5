"""The reference of all operations, one operation, and the OpenAPI document."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from flask import abort, jsonify

from app.pages.reference import facts, page
from app.rees46.catalogue import domain, every_operation, operation_named
from app.rees46.client import Client
from app.rees46.openapi import document, errors
from app.web.context import settings
from app.web.page import open_to_all
from app.web.render import render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    domains = [(name, list(kinds)) for name, kinds in groupby(every_operation(), key=domain)]
    return render("reference/index.html", domains=domains)


@page.get("/<name>")
def show(name: str) -> ResponseReturnValue:
    kind = operation_named(name) or abort(404)
    curl = Client(_server(), "SHOP_ID").curl(facts.example(kind))
    return render(
        "reference/show.html",
        kind=kind,
        parameters=facts.parameters(kind),
        parts=facts.parts(kind),
        reply=facts.reply(kind),
        curl=curl,
        errors=errors(kind.http),
    )


@page.get("/openapi.json")
@open_to_all
def openapi() -> ResponseReturnValue:
    return jsonify(document(_server()))


def _server() -> str:
    return settings().api_url or f"{settings().public_url.rstrip('/')}/api"
