"""The ledgers of promo codes and short links: the same on SQLite and PostgreSQL, and at any length."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.store import acts, link_batches, promo_batches, promo_handouts, promo_stock, short_links, utm_templates
from app.store.acts import Act, AlreadyDone
from app.store.base import now
from app.store.link_batches import LinkBatch
from app.store.paging import newest
from app.store.promo_batches import PromoBatch
from app.store.promo_handouts import PromoHandout
from app.store.promo_stock import PromoStock
from app.store.short_links import ShortLink
from app.store.utm_templates import UtmTemplate


def act(db, **more):
    return acts.begin(db, Act(shop_id=1, person="Anna", **{"what": "links.Create"} | more))


def handout(db, **more):
    sent_by = act(db, what="promo_codes.Fetch", once="a click")
    db.add(PromoHandout(shop_id=1, list_id="3184", person="Anna", reason="Late parcel", act_id=sent_by.id, **more))
    return sent_by.id


def link(number=1, **more):
    given = {"shop_id": 1, "batch_id": 1, "person": "Anna", "source": f"https://x.example/{number}", "lifetime": 30}
    return ShortLink(**given | {"digest": short_links.digest_of(f"https://x.example/{number}", "")} | more)


def test_a_click_hands_out_once(database):
    with database.writing() as db:
        first = handout(db)
        with pytest.raises(AlreadyDone) as second:
            handout(db)
        assert second.value.act.id == first
        promo_handouts.keep_code(db, first, "A\0B" + "x" * 300)
        acts.end(db, first, "done")
    with database.reading() as db:
        kept = promo_handouts.of_act(db, first)
        assert (kept.outcome, kept.code) == ("done", "AB" + "x" * 300)


def test_what_a_list_had_is_kept_once_a_day(database):
    day = date(2026, 11, 21)
    with database.writing() as db:
        promo_stock.keep(db, 1, day, {"3184": 30, "3185": 5})
        promo_stock.keep(db, 1, day, {"3184": 29})
        promo_stock.keep(db, 1, day - timedelta(days=1), {"3184": 40})
        promo_stock.foretell(db, 1, day, {"3184": 3})
        promo_stock.warn_below(db, 1, "3184", 7)
        promo_stock.warn_below(db, 1, "3184", 8)
    with database.reading() as db:
        assert promo_stock.since(db, 1, day) == {"3184": {day: 29}, "3185": {day: 5}}
        assert list(promo_stock.since(db, 1, day - timedelta(days=9))["3184"].values()) == [40, 29]
        rows = select(PromoStock.days_left).where(PromoStock.day == day).order_by(PromoStock.list_id)
        assert db.scalars(rows).all() == [3, None]
        assert promo_stock.levels(db, 1) == {"3184": 8}
        assert promo_stock.levels(db, 2) == {}


def test_a_batch_is_begun_and_ended_once(database):
    with database.writing() as db:
        batch = promo_batches.add(db, PromoBatch(shop_id=1, person="Anna", source="pasted", codes=["A", "B"]))
        assert promo_batches.start(db, batch.id, list_id="3184", list_name="x", codes=["A"], before=3)
        assert not promo_batches.start(db, batch.id, list_id="3185", list_name="x", codes=["B"], before=3)
        assert batch.part == ["A"]
        promo_batches.end(db, batch.id, after=4)
        promo_batches.end(db, batch.id, after=9)
        assert (batch.state, batch.accepted, batch.codes) == ("sent", 1, [])


def test_links_are_made_by_one_act_at_a_time(database):
    with database.writing() as db:
        db.add_all(link(number) for number in range(3))
    with database.writing() as db:
        part, sent_by = short_links.waiting(db, 1, 2), act(db).id
        short_links.take(db, part, sent_by)
        assert short_links.counts(db, 1) == {"sending": 2, "waiting": 1}
        assert len(short_links.waiting(db, 1, 2)) == 1
    with pytest.raises(short_links.Taken), database.writing() as db:
        short_links.take(db, part, act(db).id)
    with database.writing() as db:
        db.get_one(Act, sent_by).until = now()
        db.flush()
        assert short_links.counts(db, 1) == {"unknown": 2, "waiting": 1}
        assert [one.id for one in short_links.unsure(db, 1)] == [sent_by]
        short_links.try_again(db, 1)
        assert short_links.counts(db, 1) == {"waiting": 3}


@pytest.mark.parametrize(
    ("ending", "state"), [("refused", "refused"), ("unknown", "unknown"), ("failed", "failed"), ("done", "unknown")]
)
def test_what_became_of_a_link_stands_at_its_act(database, ending, state):
    with database.writing() as db:
        db.add(link(1))
        db.flush()
        sent_by = act(db).id
        short_links.take(db, short_links.waiting(db, 1, 1), sent_by)
        acts.end(db, sent_by, ending, "What REES46 said")
    with database.reading() as db:
        kept = db.query(ShortLink).one()
        assert (kept.state, kept.message) == (state, "What REES46 said")
        assert short_links.counts(db, 1) == {state: 1}
        listed = newest(db, short_links.of_shop(1), ShortLink.id).rows
        assert len(listed) == (state == "unknown")


def test_a_link_that_takes_a_code_over_ends_the_one_before(database):
    with database.writing() as db:
        db.add_all([link(1, code="sale"), link(2, code="sale"), link(3, code="sale", domain="own.example")])
        db.flush()
        for one in db.query(ShortLink).order_by(ShortLink.id).all():
            short_links.made(db, one, "https://r46.dev/sale")
    with database.reading() as db:
        first, second, elsewhere = db.query(ShortLink).order_by(ShortLink.id)
        assert (first.state, first.is_alive, first.replaced_by) == ("replaced", False, second.key)
        assert second.is_alive
        assert elsewhere.is_alive
        assert short_links.living_by_code(db, 1, ["sale"]).keys() == {("", "sale"), ("own.example", "sale")}
        assert short_links.living_by_target(db, 1, [first.digest, second.digest]).keys() == {second.digest}


def test_links_are_walked_by_their_end_without_losing_any(database):
    moment = now() + timedelta(days=3)
    with database.writing() as db:
        db.add_all(link(n, expires=moment + timedelta(seconds=n // 3)) for n in range(20))
        db.add_all(link(n, expires=moment - timedelta(days=9, seconds=n // 3)) for n in range(20))
    for living in (True, False):
        seen, start = [], ""
        while start is not None:
            with database.reading() as db:
                found = short_links.by_end(db, 1, living=living, start=start, limit=7)
            seen += found.rows
            start = found.following
        ends = [(one.expires, one.id) for one in seen]
        assert len(set(ends)) == 20
        assert ends == sorted(ends, reverse=not living)


def test_the_same_click_brings_urls_once(database):
    with database.writing() as db:
        batches = [LinkBatch(shop_id=1, person="Anna", rows=[{"row": 1}], once="a click") for _ in range(2)]
        assert link_batches.keep(db, batches[0]).id == link_batches.keep(db, batches[1]).id
        assert link_batches.begin(db, batches[0].id, [])
        assert not link_batches.begin(db, batches[0].id, [])


def test_a_template_has_a_name_of_its_own_in_its_shop(database):
    with database.writing() as db:
        db.add(UtmTemplate(shop_id=1, person="Anna", name="Newsletter", source="letter"))
    with database.reading() as db:
        (known,) = utm_templates.of_shop(db, 1)
        assert known.tags == {"source": "letter"}
        assert utm_templates.has_name(db, 1, "Newsletter")
        assert not utm_templates.has_name(db, 1, "Newsletter", but=known.id)
        assert not utm_templates.has_name(db, 2, "Newsletter")


QUERIES = {
    "codes handed out": (promo_handouts.of_shop(1), PromoHandout.id),
    "codes of a list": (promo_handouts.of_shop(1, "3184"), PromoHandout.id),
    "uploads": (promo_batches.of_shop(1), PromoBatch.id),
    "uploads of a list": (promo_batches.of_list(1, "3184"), PromoBatch.id),
    "links": (short_links.of_shop(1), ShortLink.id),
    "links of a code": (short_links.of_shop(1, code="sale"), ShortLink.id),
    "links of a campaign": (short_links.of_shop(1, campaign="spring"), ShortLink.id),
}


@pytest.mark.parametrize("what", QUERIES)
def test_fifty_rows_are_read_by_index_without_sorting(sqlite, plans, what):
    query, key = QUERIES[what]
    with sqlite.reading() as db:
        newest(db, query, key, before=1000)
    assert [step for step in plans[0] if "SCAN" in step or "TEMP B-TREE" in step] == []


@pytest.mark.parametrize("living", [True, False])
def test_links_by_their_end_are_read_by_index_without_sorting(sqlite, plans, living):
    with sqlite.reading() as db:
        short_links.by_end(db, 1, living=living, start="20261121T000000000000.7")
    assert [step for step in plans[0] if "SCAN" in step or "TEMP B-TREE" in step] == []


def test_what_a_customer_got_is_read_by_index(sqlite, plans):
    with sqlite.reading() as db:
        promo_handouts.to_customer(db, 7)
    assert [step for step in plans[0] if "SCAN" in step or "TEMP B-TREE" in step] == []
