"""What a second person reviewed is what goes out, or nothing does, whatever became of catalogue and batch meanwhile."""

import pytest
from sqlalchemy import select

from app.store import customers
from app.store.base import now
from app.store.bulks import BulkRow
from app.store.catalogue_imports import CatalogueImport
from tests.adapters import Answering, trouble
from tests.pages.jobs.looking import work_off
from tests.pages.test_approvals import APPROVE, WAYS, ask, box_works, calls, demand, last, place, worker

FIXTURES = (ask, box_works, demand, worker)  # of the tests beside


class Reading(Answering):
    """Reads what is sent, as REES46 does."""

    def __init__(self, *answer):
        super().__init__(*answer)
        self.bodies = []

    def send(self, request, *args, **more):
        if self.only in request.url:
            body = request.body
            self.bodies.append(body if isinstance(body, bytes) else b"".join(body))
        return super().send(request, *args, **more)


@pytest.mark.parametrize(("rule", "item"), [("catalogue_patch", "1012"), ("catalogue_tree", "Bikes")])
def test_stock_and_trees_go_as_they_were_reviewed(app, demand, ask, admin, worker, desk, rule, item):
    demand(rule)
    ask(rule)
    with desk.writing() as db:  # the file that was brought is gone, or another one stands in its place
        db.scalars(select(CatalogueImport)).one().file_id = None
    told = trouble(app, Reading(204, b""), only="/import")
    admin.get(place(desk)).press(APPROVE, answer="Looked at it")
    work_off(worker)
    (body,) = told.bodies
    assert item.encode() in body
    assert last(desk)[1].state == "done"


@pytest.mark.parametrize("rule", ["catalogue_patch", "catalogue_tree"])
def test_what_was_counted_before_another_import_is_not_sent(demand, ask, admin, worker, desk, rule):
    demand(rule)
    ask(rule)
    with desk.writing() as db:  # another one of the desk went out meanwhile
        kind = db.scalars(select(CatalogueImport.kind)).one()
        other = {"shop_id": 1, "person": "x", "kind": kind, "format": "json", "source": "other.json"}
        db.add(CatalogueImport(state="sent", ended=now(), **other))
    admin.get(place(desk)).press(APPROVE, answer="Yes")
    work_off(worker)
    assert (last(desk)[0].state, calls(desk, WAYS[rule][1])) == ("changed", 0)


def test_rows_of_a_bulk_act_are_those_that_were_reviewed(demand, ask, admin, worker, desk):
    demand("undo_import")
    ask("undo_import")
    before = calls(desk, "imports.Audience")
    with desk.writing() as db:  # somebody else comes into the batch after the review
        bulk = db.scalars(select(BulkRow)).first().bulk_id
        late = customers.remember(db, 1, "email", "late@example.com", "Late")
        db.flush()
        db.add(BulkRow(shop_id=1, bulk_id=bulk, customer_id=late.id, state="change"))
    admin.get(place(desk)).press(APPROVE, answer="Yes")
    work_off(worker)
    assert (last(desk)[0].state, calls(desk, "imports.Audience")) == ("changed", before)
