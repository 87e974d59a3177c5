"""Four eyes: the kinds of acts that may have to wait for a second person, and which of them do in a shop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.web.page import MARKETERS, STAFF, SUPPORT

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

    from app.store.acts import Act
    from app.store.people import Person, Role
    from app.store.shops import Shop

ALLOWANCE = "budget"  # asked for by whoever is over a budget (app/web/safeguards/budgets.py), in any shop
ROWS = {"imports.Run": "customers", "orders.Import": "orders", "orders.Statuses": "orders"}
ROWS |= {"bonus_accounts.Import": "accounts", "catalogue.Run": "items"}  # where an act says how many rows it sends
CATALOGUE = "catalogue.Run"


@dataclass(frozen=True)
class Rule:
    """A kind of act that may have to wait. Parts of a whole that was asked about are not asked about again."""

    label: LazyString
    covers: Callable[[Act, Shop], bool]
    wholes: frozenset[str] | None = frozenset()  # None: of any long act
    roles: frozenset[Role] = MARKETERS  # who asks for it, and may approve it for somebody else


def _is(*names: str) -> Callable[[Act, Shop], bool]:
    return lambda act, _where: act.what in names


def _imports(name: str, *kinds: str) -> Rule:
    """Imports of the catalogue by their kind, and the calls themselves."""
    labels = {
        "catalogue_put": _l("Importing products or locations (PUT)"),
        "catalogue_patch": _l("Saying what is in stock: everything else goes out (PATCH)"),
        "catalogue_delete": _l("Taking products out of stock (DELETE)"),
        "catalogue_tree": _l("Replacing the tree of categories"),
    }
    operations = {"products": "products.Put", "locations": "locations.Import", "stock": "products.Sync"}
    operations |= {"removal": "products.Remove", "categories": "categories.Import"}
    names = {operations[kind] for kind in kinds}
    return Rule(
        labels[name],
        lambda act, _where: act.what in names or (act.what == CATALOGUE and act.asked.get("kind") in kinds),
        frozenset({CATALOGUE}),
    )


def _has_many_rows(act: Act, where: Shop) -> bool:
    name = ROWS.get(act.what)
    if name is None and not act.what.startswith("imports."):
        return False
    rows = act.asked.get(name or "people")
    lists = [len(value) for value in act.asked.values() if isinstance(value, list)]
    return (rows if isinstance(rows, int) else max(lists, default=0)) > where.approval_rows


RULES = {
    "hard_bounce": Rule(
        _l("Reporting a hard bounce: the address is lost for ever"),
        lambda act, _where: act.what == "subscriptions.Callback" and act.asked.get("event") == "hard_bounced",
        roles=STAFF,
    ),
    "erase": Rule(_l("Erasing a customer"), _is("profile.Purge", "customers.Erase"), roles=SUPPORT),
    "force": Rule(
        _l("Changing an e-mail, phone number or own ID by force"),
        _is("profile.ForceChangeEmail", "profile.ForceChangePhone", "profile.ForceChangeId"),
        roles=SUPPORT,
    ),
    "import_rows": Rule(_l("Importing more rows than the number below"), _has_many_rows, None),
    "catalogue_put": _imports("catalogue_put", "products", "locations"),
    "catalogue_patch": _imports("catalogue_patch", "stock"),
    "catalogue_delete": _imports("catalogue_delete", "removal"),
    "catalogue_tree": _imports("catalogue_tree", "categories"),
    "own_codes": Rule(
        _l("Letting own codes of short links lead elsewhere"),
        lambda act, _where: act.what == "links.Batch" and bool(act.asked.get("replaced")),
    ),
    "undo_import": Rule(
        _l("Undoing an import"), lambda act, _where: act.what == "bulk.Run" and bool(act.asked.get("import"))
    ),
}


def label_of(rule: str) -> LazyString | str:
    """Say what kind of act waits."""
    if rule == ALLOWANCE:
        return _l("Going beyond a budget for an hour")
    return RULES[rule].label if rule in RULES else rule


def rules_of(where: Shop) -> set[str]:
    """Which rules hold in a shop: as an administrator said, else all in a live one and none in a test one."""
    if where.approval_rules is None:
        return set(RULES) if where.kind == "live" else set()
    return set(where.approval_rules) & set(RULES)


def stuck_rules(where: Shop, everyone: list[Person]) -> list[str]:
    """Name the rules whose acts nobody could approve: fewer than two people have a role that may do them."""
    held, active = rules_of(where), [person for person in everyone if person.active]

    def may(rule: Rule) -> int:
        return sum(person.may_in(where.id, rule.roles) for person in active)

    return [name for name in RULES if name in held and may(RULES[name]) < 2]
