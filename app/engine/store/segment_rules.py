"""The rules of dynamic segments: plain conditions on what is known of a customer, all of which must hold.

A condition is {"field": …, and one or more of "is", "is_not", "at_least", "at_most", "contains"}. Fields are the
attributes of a profile, the consents (email_bulk …), and what `facts_of` adds: email, phone, tags, web_push,
mobile_push, orders (their number), spent (their sum), days_since_order, and custom.<name> for a custom property.
An unknown value fails every test but "is": null and "is_not".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.engine.store.consents import flags_of
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.devices import push_kinds
from app.engine.store.orders import Order

ATTRIBUTES = (
    "gender",
    "age",
    "birthday",
    "location",
    "loyalty_status",
    "loyalty_bonuses",
    "loyalty_card_location",
    "bought_something",
    "tags",
    "created",
    "email",
    "phone",
)


def _at_least(known: Any, wanted: Any) -> bool:
    return known is not None and bool(known >= wanted)


def _at_most(known: Any, wanted: Any) -> bool:
    return known is not None and bool(known <= wanted)


def _contains(known: Any, wanted: Any) -> bool:
    return known is not None and wanted in known


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "is_not": operator.ne,
    "at_least": _at_least,
    "at_most": _at_most,
    "contains": _contains,
}

Condition = Mapping[str, Any]


def holds(rule: Sequence[Condition], facts: Mapping[str, Any]) -> bool:
    """Tell whether all conditions hold; a rule without any holds for nobody."""
    return bool(rule) and all(_holds(condition, facts) for condition in rule)


def _holds(condition: Condition, facts: Mapping[str, Any]) -> bool:
    known = facts.get(condition["field"])
    tests = [(TESTS[name], wanted) for name, wanted in condition.items() if name in TESTS]
    try:
        return all(test(known, wanted) for test, wanted in tests)
    except TypeError:  # a custom property may hold text where the rule expects a number
        return False


def facts_of(db: Db, customer: Customer) -> dict[str, Any]:
    """Gather all that rules may ask about one customer; costs four look-ups by index."""
    facts = {name: getattr(customer, name) for name in ATTRIBUTES}
    facts["birthday"] = customer.birthday and customer.birthday.isoformat()
    facts["age"] = _age(customer, db.now.date())
    facts |= {f"custom.{name}": value for name, value in customer.custom_properties.items()}
    facts |= flags_of(db, [customer.id]).get(customer.id, {})
    kinds = push_kinds(db, [customer.id]).get(customer.id, set())
    return facts | {"web_push": "web" in kinds, "mobile_push": "mobile" in kinds} | _facts_of_orders(db, customer)


def _age(customer: Customer, today: date) -> int | None:
    if customer.birthday is None:
        return customer.age
    born = customer.birthday
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _facts_of_orders(db: Db, customer: Customer) -> dict[str, Any]:
    sums = select(func.count(), func.sum(Order.total), func.max(Order.at)).where(Order.customer_id == customer.id)
    number, spent, last = db.execute(sums).one()
    return {"orders": number, "spent": spent or 0, "days_since_order": (db.now - last).days if number else None}
