"""What is asked about somebody who works here."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from app.store.people import Role
from app.web.forms.fields import Form, choices

if TYPE_CHECKING:
    from app.store.shops import Shop

NEEDED = _l("This is needed.")
EMAIL = r"^[^@\s]+@[^@\s]+$"
ROLES = {
    Role.VIEWER: _l("Viewer: sees everything, changes nothing"),
    Role.SUPPORT: _l("Support: looks customers up and acts for them"),
    Role.MARKETER: _l("Marketer: segments, promo codes, links, subscriptions, test messages"),
    Role.ADMIN: _l("Administrator: everything, also people and shops"),
}
NAMES = {
    Role.VIEWER.value: _l("Viewer"),
    Role.SUPPORT.value: _l("Support"),
    Role.MARKETER.value: _l("Marketer"),
    Role.ADMIN.value: _l("Administrator"),
}
CHOICES = choices({role.value: words for role, words in ROLES.items()})


NOT_GIVEN, AS_ABOVE = "none", "same"
IN_SHOP = {
    NOT_GIVEN: _l("Does not see it"),
    AS_ABOVE: _l("With the role above"),
    **{role: name for role, name in NAMES.items() if role != Role.ADMIN},
}
F = TypeVar("F", bound=Form)


class PersonForm(Form):
    name = StringField(_l("Full name"), validators=[InputRequired(NEEDED), Length(max=120)])
    role = RadioField(_l("Role"), choices=CHOICES, default=Role.SUPPORT.value, validators=[InputRequired(NEEDED)])


class AddForm(PersonForm):
    email = EmailField(
        _l("E-mail"),
        validators=[
            InputRequired(NEEDED),
            Length(max=254),
            Regexp(EMAIL, message=_l("This is not an e-mail address.")),
        ],
    )


class EditForm(PersonForm):
    active = BooleanField(_l("May sign in"))


def for_shops(kind: type[F], shops: list[Shop]) -> type[F]:
    """Let a form ask, too, in which shops a person may work, and as what there."""
    fields = {field_of(shop): SelectField(shop.name, choices=choices(IN_SHOP), default=NOT_GIVEN) for shop in shops}
    return type(kind.__name__, (kind,), fields)


def field_of(shop: Shop) -> str:
    return f"shop_{shop.id}"


def given(form: Form, shops: list[Shop]) -> dict[str, str]:
    """Read the roles in shops, as a person keeps them."""
    chosen = {str(shop.id): str(form[field_of(shop)].data) for shop in shops}
    return {number: "" if role == AS_ABOVE else role for number, role in chosen.items() if role != NOT_GIVEN}


def shown(shop_roles: dict[str, str], shops: list[Shop]) -> dict[str, str]:
    """Write the roles that a person keeps as the fields of the form."""
    kept = {shop: shop_roles.get(str(shop.id)) for shop in shops}
    return {field_of(shop): NOT_GIVEN if role is None else role or AS_ABOVE for shop, role in kept.items()}


class DemandForm(Form):
    """Which roles have to have a second factor."""

    roles = SelectMultipleField(
        _l("Have to have a second factor"),
        choices=choices(NAMES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
