"""Shops: a secret goes to no address that it was not entered for, and no call to one that is not public."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from app import create_app
from app.store.acts import Act
from app.store.shops import Shop, fingerprint
from tests.page import Visitor

PUBLIC = "93.184.216.34"
NEW = {"name": "Third", "shop_id": "demo", "secret": "demo-secret", "kind": "live", "colour": "red"}
AGAIN = "Enter the secret again."


@pytest.fixture
def names(monkeypatch):
    """What the names of a made-up world stand for; the same name may stand for something else a moment later."""
    world, real = {}, socket.getaddrinfo

    def look_up(host, port, *rest, **more):
        if host not in world:
            return real(host, port, *rest, **more)
        address = world[host].pop(0) if len(world[host]) > 1 else world[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return world


@contextmanager
def listening():
    """A server on this machine; gives its port and what it was asked."""
    asked = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"status": "success", "payload": {"promo_lists": []}}')

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port, asked
    server.shutdown()
    thread.join()
    server.server_close()


def move(desk, number, url):
    """Let a shop have an address, as one of an older Desk46 may have."""
    with desk.writing() as db:
        db.get(Shop, number).api_url = url


def desk_with(settings, box, cookies, **more):
    app = create_app(settings.model_copy(update=more), box)
    client = app.test_client()
    for name, value in cookies["admin"].items():
        client.set_cookie(name, value)
    return Visitor(client)


def save(admin, **fields):
    return admin.get("/shops/1").press("Save the shop", **fields)


def test_a_new_address_demands_the_secret_again(desk, names, admin):
    names["api.example"] = [PUBLIC]
    page = save(admin, api_url="https://api.example")
    assert page.status == 422
    assert AGAIN in page.text
    with desk.reading() as db:
        assert db.get(Shop, 1).api_url == ""
    assert save(admin, api_url="https://api.example", secret="another-secret").status == 200
    assert save(admin, api_url="https://API.example:443/", name="Renamed").status == 200


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example",
        "https://api.example:8443",
        "https://api.example.evil.example",
        "https://api.example/v2",
        "",
    ],
)
def test_whatever_makes_it_another_address_demands_the_secret(desk, names, admin, url):
    names.update({"api.example": [PUBLIC], "api.example.evil.example": [PUBLIC]})
    move(desk, 1, "https://api.example")
    page = save(admin, api_url=url)
    assert page.status == 422
    assert AGAIN in page.text


WRITTEN_AS_NUMBERS = {"127.1", "2130706433", "0x7f000001"}
PRIVATE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0.1.2.3",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "localhost",
    "[::1]",
    "[fe80::1]",
    "[fd00::1]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::a00:1]",
    "[2002:a00:1::]",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_an_address_that_is_not_public_is_refused(admin, names, host):
    if host in WRITTEN_AS_NUMBERS:
        names[host] = ["127.0.0.1"]  # as every resolver says; here tests/guard would take it for a name
    for url in (f"http://{host}", f"https://{host}:8443/api"):
        page = save(admin, api_url=url, secret="another-secret")
        assert page.status == 422
        assert "is not a public address" in page.text
        assert "DESK46_PRIVATE_SHOPS" in page.text
    assert admin.get("/shops/add").press("Add the shop", **NEW, api_url=f"http://{host}").status == 422


def test_a_name_that_stands_for_a_private_address_is_refused(names, admin):
    names["api.example"] = ["10.0.0.7"]
    page = save(admin, api_url="https://api.example", secret="another-secret")
    assert "This leads to 10.0.0.7" in page.text


def test_an_address_that_is_private_later_is_not_called(desk, names, admin):
    with listening() as (port, asked):
        names["api.example"] = [PUBLIC]
        assert save(admin, api_url=f"http://api.example:{port}", secret="another-secret").status == 200
        names["api.example"] = ["127.0.0.1"]
        page = admin.get("/shops/1").press("Try the connection")
        assert "is not a public one" in page.messages
        assert "Nothing was sent to it." in page.messages
        assert asked == []


def test_a_name_that_changes_between_looking_and_calling_gains_nothing(desk, names, admin):
    with listening() as (port, asked):
        move(desk, 1, f"http://api.example:{port}")
        names["api.example"] = [PUBLIC, "127.0.0.1"]
        assert "is not a public one" in admin.get("/shops/1").press("Try the connection").messages
        assert asked == []


@pytest.mark.parametrize("path", ["/promo_codes/", "/segments/"])
def test_no_page_calls_an_address_that_is_not_public(desk, admin, path):
    with listening() as (port, asked):
        move(desk, 1, f"http://127.0.0.1:{port}")
        assert admin.get(path).status < 500 or "not a public one" in admin.get(path).text
        assert asked == []


def test_whoever_runs_the_desk_may_allow_private_addresses(settings, box, cookies):
    with listening() as (port, asked):
        admin = desk_with(settings, box, cookies, private_shops=True)
        page = save(admin, api_url=f"http://127.0.0.1:{port}", secret="another-secret")
        assert page.status == 200
        assert "It works" in page.press("Try the connection").messages
        assert len(asked) == 1


def test_the_address_of_the_settings_may_be_a_private_one(settings, box, cookies):
    with listening() as (port, asked):
        admin = desk_with(settings, None, cookies, api_url=f"http://127.0.0.1:{port}")
        assert "It works" in admin.get("/shops/1").press("Try the connection").messages
        page = save(admin, api_url=f"http://127.0.0.1:{port}/")  # the same place: no secret needed
        assert "It works" in page.press("Try the connection").messages
        assert len(asked) == 2
        assert save(admin, api_url=f"http://127.0.0.1:{port}0", secret="x").status == 422


def test_the_box_is_reached_by_its_own_address_too(settings, box, cookies):
    with listening() as (port, _asked):
        admin = desk_with(settings, box, cookies, public_url=f"http://127.0.0.1:{port}")
        page = save(admin, api_url=f"http://127.0.0.1:{port}/api", secret="demo-secret")
        assert page.status == 200
        assert "It works" in page.press("Try the connection").messages


@pytest.mark.parametrize(
    "url", ["http://x.example:99999", "http://x.example:0", "http://[1", "http://[::1", "http://x:y"]
)
def test_what_leads_nowhere_is_no_web_address(admin, url):
    page = save(admin, api_url=url, secret="another-secret")
    assert (page.status, "This is not a web address." in page.text) == (422, True)


def test_the_trail_shows_that_a_secret_changed_and_not_which_it_is(desk, admin):
    old, new = fingerprint("demo-secret"), fingerprint("another-secret")
    save(admin, secret="another-secret")
    with desk.reading() as db:
        act = db.scalar(select(Act).where(Act.what == "shops.Edit").order_by(Act.id.desc()))
    assert (act.before["fingerprint"], act.after["fingerprint"]) == (old, new)
    page = admin.get("/trail/").follow("Changed a shop")
    assert old in page.text
    assert new in page.text
    assert "another-secret" not in page.html
    admin.get("/shops/add").press("Add the shop", **NEW)
    with desk.reading() as db:
        act = db.scalar(select(Act).where(Act.what == "shops.Add").order_by(Act.id.desc()))
    assert act.after["fingerprint"] == old
