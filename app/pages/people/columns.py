"""What the list of people shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.pages.people.forms import NAMES
from app.web.shops import all_shops
from app.web.tables.columns import Address, Column, macro, when_column

if TYPE_CHECKING:
    from collections.abc import Container

    from app.store.people import Person


def columns(secured: Container[int], invited: Container[int]) -> list[Column[Person]]:
    """Who works here; `secured` are those with a second factor, `invited` those who have chosen no password yet."""
    person_at, badge = Address("people.edit", "number"), macro("components/badge.html", "badge")
    barred, in_use = badge(_("may not sign in"), "warning"), badge(_("in use"), "success")
    waits, none = badge(_("invited")), _("none")

    def name(person: Person) -> Markup:
        link = person_at.link(person.id, person.name)
        if not person.active:
            return Markup("{} {}").format(link, barred)
        return Markup("{} {}").format(link, waits) if person.id in invited else link

    return [
        Column(_l("Full name"), name, at="name"),
        Column(_l("E-mail"), lambda person: person.email, at="note"),
        Column(_l("Role"), lambda person: NAMES[person.role], at="figure"),
        Column(_l("Shops"), lambda person: shops_of(person) or none, kind="cut"),
        Column(_l("Second factor"), lambda person: in_use if person.id in secured else "–"),
        when_column(lambda person: person.last_seen, _l("Last signed in")),
    ]


def shops_of(person: Person) -> str:
    """Name the shops that a person sees, with the role where it is another one."""
    names = {shop: person.role_in(shop.id) for shop in all_shops()}
    return ", ".join(
        shop.name if role == person.role else f"{shop.name} ({NAMES[role]})" for shop, role in names.items() if role
    )
