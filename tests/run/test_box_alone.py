"""REES46 in a box alone, as other projects start it: by the pytest plugin of this repository."""

import json

import pytest
import requests
from sqlalchemy import select

from app import control
from app.engine.store.clock import open_box
from app.engine.store.shops import Shop
from app.rees46 import links, messages, profile
from app.rees46.client import Client
from app.rees46.errors import Unreachable
from app.run.box_alone import prepare
from app.seed_file import WrongSeed
from tests.house.repository import ROOT


@pytest.fixture
def shop(rees46):
    return Client(rees46.url, rees46.shop_id, rees46.secret, time_limit=5)


def test_it_serves_its_shop_and_does_its_imports(rees46, shop):
    assert shop.send(profile.Read(email="anna.kowalska@example.com")).first_name
    told = requests.post(
        f"{rees46.url}/import/audience",
        json={"shop_id": rees46.shop_id, "shop_secret": rees46.secret, "audience": [{"email": "imported@example.com"}]},
        timeout=30,
    )
    assert told.status_code == 200
    assert rees46.control("GET", "idle", wait=30)["idle"]
    assert shop.send(profile.Read(email="imported@example.com"))


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_call_is_cut_off_for_real(rees46, shop, when):
    since = max((call["id"] for call in rees46.calls()), default=0)
    rees46.fault("messages.Sms", cut=True, when=when)
    with pytest.raises(Unreachable) as lost:
        shop.send(messages.Sms(phone="79990000001", code="verification", variables={"code": when}))
    assert lost.value.changed == "maybe"
    (call,) = rees46.calls("messages.Sms", since=since, wait=5)
    assert call["answered"] is None
    assert len(rees46.outbox(to="79990000001", campaign="verification")) == (when == "after")


def test_its_short_links_lead_to_itself(rees46, shop):
    (made,) = shop.send(links.Create(links=[links.Link(url="https://shop.example.com/a")]))
    assert made.url.startswith(f"{rees46.url}/")
    assert requests.get(made.url, allow_redirects=False, timeout=30).headers["Location"] == made.source


def test_the_plugin_says_what_the_box_refused(rees46):
    with pytest.raises(AssertionError, match="no operation has such a name"):
        rees46.fault("profile.Sat", status=500)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not valid JSON"),
        ("{}", "shop: it is missing"),
        ('{"shop": {"shop_id": "a", "secret": "b", "name": "c"}, "calls": [{"operation": "x.Y"}]}', "there is no x.Y"),
        ('{"shop": {"shop_id": "a", "secret": "b", "name": "c"}, "colour": 5}', "colour"),
        (None, "cannot be read"),
    ],
)
def test_a_seed_file_that_is_wrong_is_refused_in_a_line(settings, tmp_path, content, words):
    file = tmp_path / "seed.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(WrongSeed, match=words) as wrong:
        prepare(settings, str(file))
    assert "\n" not in str(wrong.value)


def test_a_seed_file_makes_its_shop_once_and_wholly(settings, tmp_path):
    file = tmp_path / "seed.json"
    shop = {"shop_id": "mine", "secret": "its secret", "name": "Mine"}
    good = {"operation": "profile.Set", "parameters": {"email": "anna@example.com"}}
    file.write_text(json.dumps({"shop": shop, "calls": [good, {"operation": "segments.Add"}]}))
    with pytest.raises(WrongSeed, match=r"calls\.1"):
        prepare(settings, str(file))
    for _ in range(2):
        file.write_text(json.dumps({"shop": shop, "calls": [good]}))
        assert "shop_id mine" in prepare(settings, str(file))
    with open_box(settings).reading() as db:
        assert [each.shop_id for each in db.scalars(select(Shop).order_by(Shop.id))] == ["demo", "second", "mine"]


def test_every_control_is_described(rees46):
    described = (ROOT / "docs" / "stage.md").read_text()
    operations = [kind for kind in vars(control).values() if isinstance(kind, type) and "http" in vars(kind)]
    assert len(operations) >= 10
    for kind in operations:
        assert f"`{kind.http.method} {kind.http.path}`" in described
