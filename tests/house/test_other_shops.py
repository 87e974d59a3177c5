"""What another shop has is neither shown nor changed, by whichever address somebody comes to it."""

import re
from itertools import product

import pytest

from app.store import customers
from app.store.acts import Act
from app.store.base import Base
from app.store.campaigns import Campaign
from app.store.exchanges import Exchange
from app.store.imports import Batch
from app.store.link_batches import LinkBatch
from app.store.lookups import Lookup
from app.store.promo_batches import PromoBatch
from app.store.promo_handouts import PromoHandout
from app.store.recipients import Recipient
from app.store.sends import Send
from app.store.short_links import ShortLink
from app.store.utm_templates import UtmTemplate
from tests.house.repository import name_of, under

LOADS_BY_ITSELF = re.compile(r"\.by_key\(|\bdb\.get\((?!Person\b|Shop\b|KnownCustomer, \w+\.\w+)")
REFUSED = {404, 405}
MARK = "only in the first shop"


def test_pages_load_what_an_address_names_by_the_loaders_that_refuse_other_shops():
    """See app/web/loaders.py."""
    found = [
        f"{name_of(path)}:{number} {line.strip()}"
        for path in under("app/pages", ".py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if LOADS_BY_ITSELF.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.fixture
def of_first_shop(desk):
    """A row of everything in the first shop; gives their keys and numbers."""
    with desk.writing() as db:
        act = Act(id=501, shop_id=1, person="x", what="messages.Sms", reason=MARK, state="unknown")
        db.add_all([act, Act(id=502, shop_id=1, person="x", what="promo_codes.Fetch", state="unknown")])
        db.flush()
        customer = customers.remember(db, 1, "email", "first@x.example", MARK)
        person = {"shop_id": 1, "person": "x"}
        rows = [
            Send(
                id=501,
                person_id=1,
                kind="sms",
                campaign="x",
                campaign_name=MARK,
                recipient_id=customer.id,
                asked={"code": "x", "phone": "+79990000002"},
                act_id=501,
                **person,
            ),
            PromoHandout(list_id="3184", reason=MARK, act_id=502, **person),
            PromoBatch(
                source="pasted", list_id="3184", list_name=MARK, codes=[MARK], total=1, state="sending", **person
            ),
            LinkBatch(rows=[], once="x", **person),
            ShortLink(
                batch_id=1, source=f"https://x.example/{MARK}", digest="x", lifetime=9, code="x", short="x/x", **person
            ),
            Batch(kind="audience", source=MARK, rows=0, state="stopped", **person),
            UtmTemplate(name=MARK, **person),
            Exchange(
                shop_id=1,
                operation="segments.Add",
                method="POST",
                path="/x",
                curl=MARK,
                outcome="done",
                milliseconds=1,
                answer=MARK,
            ),
            Lookup(shop_id=1, person_id=1, many=0),
            Campaign(id=501, shop_id=1, kind="sms", code="x", name=MARK),
            Recipient(id=501, shop_id=1, kind="email", value="qa@x.example", whose=MARK, added_by="x"),
        ]
        db.add_all(rows)
        db.flush()
        return {"key": [customer.key, *(row.key for row in rows if hasattr(row, "key"))], "number": [501, 502]}


def counts(desk):
    with desk.reading() as db:
        return {
            table.name: db.query(table).count() for table in Base.metadata.sorted_tables if table.name != "exchanges"
        }


def sample(converter):
    return min(getattr(converter, "items", ["x"]))


def named(app):
    """Addresses with the name of a row of a shop in them."""
    for rule in app.url_map.iter_rules():
        arguments = rule.arguments & {"key", "number"}
        if arguments and "shop" in rule.arguments:
            yield rule, sorted(arguments)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_another_shop_has_is_neither_shown_nor_changed(app, admin, desk, of_first_shop, method):
    before = counts(desk)
    asked = {"sure": "y", "outcome": "done", "note": "x"}
    tried = 0
    for rule, arguments in named(app):
        if method not in rule.methods:
            continue
        for values in product(*(of_first_shop[name] for name in arguments)):
            others = {name: sample(rule._converters[name]) for name in rule.arguments}
            wanted = others | dict(zip(arguments, values, strict=True), shop="second")
            path = app.url_map.bind("localhost").build(rule.endpoint, wanted)
            answer = admin.get(path) if method == "GET" else admin.post(path, asked)
            tried += 1
            assert answer.status in REFUSED, (method, path, answer.status)
            assert MARK not in answer.html, path
    assert tried > 50
    assert counts(desk) == before
