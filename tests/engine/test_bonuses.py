"""Bonuses: what the loyalty programme says is kept in the background, and the profile shows the balance."""

import pytest
from sqlalchemy import select

from app.engine.store.bonuses import statements_of
from app.engine.store.customers import Identity
from app.engine.store.jobs import JobRemark
from app.engine.worker.main import work_until_idle
from app.rees46 import bonuses
from tests.engine.asking import ON_SQLITE

ANNA = "anna@example.com"


@pytest.fixture
def import_(shop, settings):
    """Send the state of accounts, and let the worker keep it."""

    def send(*some):
        shop.send(bonuses.Import(bonuses=list(some)))
        work_until_idle(settings)

    return send


def test_the_profile_shows_the_balance(import_, keeper):
    keeper.save(email=ANNA, first_name="Anna")
    import_({"email": ANNA, "balance": 120.5, "event": "purchase", "activated_at": "2021-12-21 15:00:00"})
    assert (keeper.profile(email=ANNA).loyalty_bonuses, keeper.profile(email=ANNA).first_name) == (120, "Anna")


@ON_SQLITE
def test_the_last_word_counts_and_the_total_stands_in_for_the_balance(import_, keeper):
    import_({"loyalty_id": "L9", "balance": 10}, {"loyalty_id": "L9", "total_balance": "75.00"}, {"loyalty_id": "L9"})
    assert keeper.profile(loyalty_id="L9").loyalty_bonuses == 75


@ON_SQLITE
def test_every_statement_is_kept_as_it_came(import_, db):
    import_({"email": ANNA, "amount_changed": "+20", "expiration": "2022-01-01 00:00:00", "total_burned": 3, "x": 1})
    import_({"email": ANNA, "amount_changed": "-5", "order_id": 17, "purchase_date": ""})
    owner = db.scalar(select(Identity.customer_id).where(Identity.value == ANNA))
    last, first = statements_of(db, owner, 10)
    assert (first.amount_changed, first.expiration.year, first.total_burned) == ("+20", 2022, 3)
    assert (last.amount_changed, last.order_id, last.purchase_date) == ("-5", "17", None)


@ON_SQLITE
def test_an_element_that_names_nobody_or_makes_no_sense_is_reported_and_stops_no_other(import_, keeper, db):
    import_({"balance": 5}, {"email": ANNA, "balance": "much"}, {"email": ANNA, "balance": 8})
    assert keeper.profile(email=ANNA).loyalty_bonuses == 8
    assert sorted(said.row for said in db.scalars(select(JobRemark))) == [1, 2]
