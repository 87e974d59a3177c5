"""Categories come before locations, these before products: what is not there is told, what is under way waited for."""

from datetime import timedelta

import pytest

from app.store.base import now
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from tests.pages.catalogue.conftest import as_json, product


def test_what_products_name_and_is_not_there_has_to_be_agreed_to(bring, worked_off, last, desk):
    page = bring("locations", b"id,name\nmsk,Moscow\n", "places.csv")
    page.press("Import it")
    worked_off()
    with desk.writing() as db:
        db.query(CataloguePart).update({"sent": now() - timedelta(minutes=11)})
    places = [{"location": "msk"}, {"location": "nowhere"}]
    page = bring("products", as_json(product(1, categories=["lost"], locations=places)))
    assert "The tree of REES46 has no category lost" in page.text
    assert "The desk never sent location nowhere." in page.text
    assert "msk" not in page.row("nowhere")
    refused = page.press("Import it")
    assert "Nothing was sent." in refused.text
    assert last().state == "checked"
    refused.press("Import it", dangling="y")
    assert last().state in {"running", "sent"}


@pytest.mark.parametrize(
    ("told", "ago", "waits"), [(None, 1, True), (None, 11, False), ("success", 1, False), ("error", 1, False)]
)
def test_products_wait_for_categories_until_it_is_told_or_ten_minutes_are_over(
    bring, desk, last, marketer, told, ago, waits
):
    with desk.writing() as db:
        first = CatalogueImport(shop_id=1, kind="categories", format="json", source="tree.json", state="sent")
        db.add(first)
        db.flush()
        sent = now() - timedelta(minutes=ago)
        db.add(CataloguePart(shop_id=1, import_id=first.id, number=0, items=1, state="sent", sent=sent, told=told))
    page = bring("products", as_json(product(1)))
    assert ("Another import comes first" in page.text) == waits
    marketer.post(f"/catalogue/{last().key}/run", data={"dangling": "y"})
    assert (last().state == "checked") == waits
