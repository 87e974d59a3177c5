"""Being told how an import ended: by whom it is believed, what, and for how long. And what is sent again."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.engine.store.jobs import Job
from app.pages.catalogue import webhooks
from app.store.acts import Act
from app.store.base import now
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from app.store.exchanges import Exchange
from tests.adapters import Silent, over, trouble
from tests.pages.catalogue.conftest import as_json, product


@pytest.fixture
def public(monkeypatch):
    """REES46 can reach the desk."""
    monkeypatch.setattr(webhooks, "may_be_told", lambda _where: True)


@pytest.fixture
def sent(public, bring, worked_off, monkeypatch):
    """An import of two parts was sent, and the box worked it off."""
    monkeypatch.setattr("app.pages.catalogue.blocks.MOST", 1)
    bring("products", as_json(product(1), product(2))).press("Import it", dangling="y")
    worked_off()


@pytest.fixture
def tell(app, box):
    """Post to the address that the box was given for a part, as nobody that the desk knows."""

    def tell(number, said, **more):
        with box.extensions["db"].reading() as db:
            jobs = db.scalars(select(Job).where(Job.kind == "products").order_by(Job.id)).all()
        path = [job.about["webhook"] for job in jobs][number].removeprefix("http://localhost")
        said = said if isinstance(said, bytes) else json.dumps(said).encode()
        return app.test_client().post(more.get("path", path), data=said, content_type="application/json").status_code

    return tell


def test_success_is_shown_and_ends_the_address(sent, tell, marketer, last):
    key = last().key
    assert "2 parts accepted" in marketer.get(f"/catalogue/{key}").text
    assert tell(0, {"status": "success"}) == 204
    page = marketer.get(f"/catalogue/{key}")
    assert "1 part accepted" in page.text
    assert "1 part worked off" in page.text
    assert tell(1, {"status": "success"}) == 204
    assert "2 parts worked off" in marketer.get(f"/catalogue/{key}").text
    assert (last().hook, last().hook_digest) == (None, None)
    assert tell(1, {"status": "error", "message": "late lie"}) == 404


def test_only_what_failed_is_sent_again(sent, tell, marketer, last, parts, box, worked_off):
    assert tell(0, {"status": "success"}) == 204
    assert tell(1, {"status": "error", "message": "Row 1: <b>no</b>"}) == 204
    page = marketer.get(f"/catalogue/{last().key}")
    assert "Row 1: <b>no</b>" in page.text
    page.press("Send 1 failed part again")
    worked_off()
    assert [(part.tries, part.told) for part in parts()] == [(1, "success"), (2, None)]
    with box.extensions["db"].reading() as db:
        assert len(db.scalars(select(Job).where(Job.kind == "products")).all()) == 3
    assert tell(1, {"status": "success"}) == 404  # it speaks of the try before
    assert tell(2, {"status": "success"}) == 204


@pytest.mark.parametrize(
    "said",
    [b"", b"{}", b"[]", b'{"status": "done"}', b'{"status": 1}', b"\xff", b'{"status": "success"', b"1" * 40_000],
)
def test_nonsense_is_believed_by_nobody(sent, tell, parts, said):
    assert tell(0, said) in {404, 413}
    assert [part.told for part in parts()] == [None, None]


def test_a_guessed_address_leads_nowhere(sent, tell, parts, last):
    for secret in ("0" * 32, last().hook_digest, last().key):
        assert tell(0, {"status": "success"}, path=f"/s/demo/catalogue/told/{secret}/1/1") == 404
    assert [part.told for part in parts()] == [None, None]


def test_an_address_of_one_shop_says_nothing_of_another(sent, tell, box, parts):
    with box.extensions["db"].reading() as db:
        path = db.scalars(select(Job).where(Job.kind == "products")).first().about["webhook"]
    path = path.removeprefix("http://localhost").replace("/s/demo/", "/s/second/")
    assert tell(0, {"status": "success"}, path=path) == 404


def test_the_first_word_counts_and_a_day_later_none(sent, tell, parts, desk):
    assert tell(0, {"status": "error", "message": "x" * 900}) == 204
    assert tell(0, {"status": "success"}) == 204
    assert parts()[0].told == "error"
    assert len(parts()[0].message) == 500
    with desk.writing() as db:
        db.execute(update(CatalogueImport).values(hook_until=now()))
    assert tell(1, {"status": "success"}) == 404


def test_the_secret_stands_nowhere_in_the_clear(sent, box, marketer, desk, last):
    with box.extensions["db"].reading() as db:
        secret = db.scalars(select(Job).where(Job.kind == "products")).first().about["webhook"].split("/")[-3]
    assert len(bytes.fromhex(secret)) == 16
    shown = [marketer.get(path).text for path in (f"/catalogue/{last().key}", "/requests/", "/trail/")]
    with desk.reading() as db:
        kept = [
            repr(row) for table in (Exchange, Act, CatalogueImport) for row in db.execute(select(*table.__table__.c))
        ]
    assert not any(secret in text for text in [*shown, *kept])


def test_nothing_came_for_ten_minutes(sent, marketer, last, desk):
    with desk.writing() as db:
        db.execute(update(CataloguePart).values(sent=now() - timedelta(minutes=10)))
    assert "2 parts: nothing came for ten minutes" in marketer.get(f"/catalogue/{last().key}").text


def test_without_a_public_address_the_page_says_that_nobody_can_tell(bring, worked_off, marketer, last, box):
    assert "DESK46_PUBLIC_URL is no public address" in marketer.get("/catalogue/new").text
    bring("products", as_json(product(1))).press("Import it", dangling="y")
    worked_off()
    assert "DESK46_PUBLIC_URL is no public address" in marketer.get(f"/catalogue/{last().key}").text
    with box.extensions["db"].reading() as db:
        assert "webhook" not in db.scalars(select(Job).where(Job.kind == "products")).one().about


def test_a_part_of_which_nobody_knows_is_not_sent_again_by_itself(
    app, public, bring, worked_off, last, parts, marketer, desk
):
    silent = trouble(app, Silent(), only="/import/products")
    bring("products", as_json(product(1))).press("Import it", dangling="y")
    worked_off()
    over(app, silent)
    assert len(silent.calls) == 1
    worked_off()
    assert [part.state for part in parts()] == ["unknown"]
    page = marketer.get(f"/catalogue/{last().key}")
    assert "nobody knows whether it arrived" in page.text
    page.press("It did not: send it again")
    worked_off()
    assert [(part.state, part.tries) for part in parts()] == [("sent", 2)]
    with desk.reading() as db:
        outcomes = [act.outcome for act in db.scalars(select(Act).where(Act.what == "products.Put").order_by(Act.id))]
    assert outcomes == ["failed", "done"]


def test_a_webhook_shows_that_a_part_arrived_of_which_nobody_knew(sent, tell, desk, parts):
    with desk.writing() as db:
        db.execute(update(CataloguePart).values(state="unknown"))
        db.execute(update(Act).where(Act.what == "products.Put").values(written="unknown"))
    assert tell(0, {"status": "success"}) == 204
    assert [part.state for part in parts()] == ["sent", "unknown"]
    with desk.reading() as db:
        acts = db.scalars(select(Act).where(Act.what == "products.Put").order_by(Act.id)).all()
    assert [act.outcome for act in acts] == ["done", "unknown"]
