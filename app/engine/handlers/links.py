"""Short links: a batch of URLs becomes a batch of codes, all of them or none."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app

from app.engine.answers import Refusal, answers
from app.engine.reserved_paths import first_words
from app.engine.store import links as store
from app.engine.store.db import Db
from app.rees46 import links


@answers
def create(db: Db, op: links.Create) -> list[links.Shortened]:
    """Shorten URLs. Codes are shared by all shops of a domain, so a living code of another shop is refused."""
    domains = store.domains_of(db)
    for link in op.links:
        _check(link, domains)
    others = store.belong_to_others(db, [(_domain(link), link.code) for link in op.links if link.code])
    if others:
        raise Refusal(400, f"The code {min(others)} belongs to another shop")
    drawn = iter(store.new_codes(db, sum(link.code is None for link in op.links)))
    new = [
        store.NewLink(
            domain=_domain(link),
            code=link.code or next(drawn),
            url=link.url,
            expires=db.now + timedelta(days=link.lifetime or links.DEFAULT),
        )
        for link in op.links
    ]
    store.keep(db, new)
    return [links.Shortened(source=link.url, url=_short(db, link)) for link in new]


def _check(link: links.Link, domains: set[str]) -> None:
    if not store.may_lead_to(link.url):
        raise Refusal(400, "links: a short link leads to a page of the web or into an app")
    if link.domain and _domain(link) not in domains:
        raise Refusal(400, "links: this domain is not allowed; ask support to allow it first")
    if link.code in first_words(current_app):
        raise Refusal(400, f"links: the code {link.code} is a path of the API")


def _domain(link: links.Link) -> str:
    return (link.domain or store.OWN).lower()


def _short(db: Db, link: store.NewLink) -> str:
    base = f"https://{link.domain}" if link.domain else db.at.settings.short_link_base
    return f"{base}/{link.code}"
