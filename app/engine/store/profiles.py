"""What a shop says of a customer, written into their row: given values replace, others stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, update

from app.engine.store.consents import Consent
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.orders import Order
from app.rees46.profile import Attributes

AS_JSON = {"kids", "auto"}
PERSONAL = (
    "first_name",
    "middle_name",
    "last_name",
    "birthday",
    "location",
    "fb_id",
    "vk_id",
    "loyalty_card_location",
    "loyalty_status",
    "loyalty_bonuses",
    "loyalty_bonuses_to_next_level",
)


def describe(customer: Customer, said: Attributes, custom: Mapping[str, Any]) -> None:
    """Write the attributes and custom properties that were said."""
    given = said.model_fields_set & Attributes.model_fields.keys()
    as_json = said.model_dump(mode="json", include=given & AS_JSON)
    for name in given:
        value = getattr(said, name)
        if value is not None:
            setattr(customer, name, as_json.get(name, value))
    if custom:
        customer.custom_properties = {**customer.custom_properties, **custom}


def forget(db: Db, customer: Customer) -> None:
    """Make a customer nameless: who they are, how to reach them and what they agreed to."""
    customer.identities.clear()
    for name in PERSONAL:
        setattr(customer, name, None)
    customer.kids, customer.auto, customer.custom_properties = [], [], {}
    db.execute(delete(Consent).where(Consent.customer_id == customer.id))
    db.execute(update(Order).where(Order.customer_id == customer.id).values(delivery_address=None))
    db.flush()
