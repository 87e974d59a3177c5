"""Work is done in somebody's name: what views know from the request, its parts know from here."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import g
from flask_babel import force_locale

from app.store.people import Person
from app.store.shops import Shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from app.store.works import Work
    from app.work.kinds import Kind


class MayNot(Exception):
    """Whoever started it may not do it any more, or the shop is not in use."""


@contextmanager
def acting(app: Flask, work: Work, kind: Kind) -> Iterator[None]:
    """Be the person who started the work, in its shop and their language, if they still may."""
    with app.app_context():
        with app.extensions["desk"].reading() as db:
            person, shop = db.get(Person, work.person_id), db.get(Shop, work.shop_id)
        if person is None or shop is None or not (person.active and shop.active):
            raise MayNot
        person.in_shop = shop.id
        if person.role_in(shop.id) is None or not person.may(kind.needs):
            raise MayNot
        g.actor, g.shop, g.request_id = person, shop, work.key
        g.parent_act = None if kind.is_single else work.act_id
        with force_locale(person.language or app.extensions["settings"].language):
            yield
