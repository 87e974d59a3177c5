"""What a shop says of a customer, written into their row: given values replace, others stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.store.customers import Customer
from app.rees46.profile import Attributes

AS_JSON = {"kids", "auto"}


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
