"""What keeps pages from being used against those who read them, seen from outside."""

import stat

import pytest

from app import create_app
from app.engine.http.app import create_box
from app.engine.store import request_files
from app.run.__main__ import _prepare
from tests.furnishing import PASSWORD, settings_in
from tests.house.test_pages import path_to

HTTPS = "https://desk.example"


def send(visitor, **headers):
    data = {"csrf_token": visitor.token(), "theme": "dark"}
    return visitor.client.post("/account/theme", data=data, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:8047"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost, http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "something"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_of_another_site_is_refused_whatever_its_token(agent, headers):
    answer = send(agent, **headers)
    assert answer.status_code == 403
    assert "not sent from a page of Desk46" in answer.get_data(as_text=True)
    assert "theme" not in {cookie.key for cookie in agent.cookies()}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "HTTP://LOCALHOST"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_of_the_desk_is_taken(agent, headers):
    assert send(agent, **headers).status_code == 303


def test_every_form_of_the_desk_is_guarded(app, agent):
    taken = []
    for rule in app.url_map.iter_rules():
        for method in rule.methods & {"POST", "PUT", "PATCH", "DELETE"}:
            answer = agent.client.open(path_to(app, rule), method=method, headers={"Origin": "https://evil.example"})
            if answer.status_code != 403 or b"not sent from a page of Desk46" not in answer.data:
                taken.append(rule.rule)
    assert not taken


def test_a_page_may_be_opened_from_anywhere(agent):
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    assert agent.client.get("/trail/", headers=headers).status_code == 200


@pytest.fixture
def secure(settings):
    """A desk that people reach by https."""
    settings = settings.model_copy(update={"public_url": HTTPS})
    box = create_box(settings)
    app = create_app(settings, box)
    return app, box


def test_with_https_every_cookie_is_bound_to_the_host_and_every_answer_asks_for_https(secure):
    app, _box = secure
    client = app.test_client()
    cookies, inner = [], app.wsgi_app

    def noting(environ, start_response):
        def start(status, headers, *rest):
            cookies.extend(value for name, value in headers if name == "Set-Cookie")
            return start_response(status, headers, *rest)

        return inner(environ, start)

    app.wsgi_app = noting
    page = client.get("/account/sign-in", base_url=HTTPS)
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "email": "admin@desk46.test", "password": PASSWORD}
    answer = client.post("/account/sign-in", data=data, base_url=HTTPS, headers={"Origin": HTTPS})
    assert answer.status_code == 303
    for form in ({"theme": "dark"}, {"language": "ru"}):
        page = client.get("/account/", base_url=HTTPS).get_data(as_text=True)
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        name = next(iter(form))
        assert client.post(f"/account/{name}", data=form | {"csrf_token": token}, base_url=HTTPS).status_code == 303
    assert {cookie.partition("=")[0] for cookie in cookies} == {
        "__Host-desk46",
        "__Host-device",
        "__Host-theme",
        "__Host-language",
    }
    for cookie in cookies:
        assert all(part in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=")), cookie
        assert "Domain" not in cookie


@pytest.mark.parametrize("path", ["/account/sign-in", "/health", "/nowhere", "/static/vendor/icons.svg"])
def test_with_https_every_answer_asks_for_it_from_now_on(secure, app, path):
    with secure[0].test_client().get(path, base_url=HTTPS) as answer:
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    with app.test_client().get(path) as answer:
        assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/promo_codes", "/promo_codes?shop_id=demo&shop_secret=demo-secret", "/nowhere", "/outbox", "/health"]
)
def test_the_box_lets_nobody_keep_what_it_says_nor_misread_it(secure, path):
    answer = secure[1].test_client().get(path, base_url=HTTPS)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Strict-Transport-Security"]


def test_the_door_of_the_box_opens_for_no_form_of_another_site(secure):
    _app, box = secure
    keys = {"shop_id": "demo", "shop_secret": "demo-secret"}
    client = box.test_client()
    answer = client.post("/outbox/open", data=keys, base_url=HTTPS, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    answer = client.post("/outbox/open", data=keys, base_url=HTTPS, headers={"Origin": HTTPS})
    assert answer.status_code == 303
    assert answer.headers["Set-Cookie"].startswith("__Host-box46=")
    assert "Path=/;" in answer.headers["Set-Cookie"] + ";"
    assert client.get("/outbox", base_url=HTTPS).status_code == 200


def test_signing_out_clears_what_the_browser_kept(agent):
    answer = agent.client.post("/account/sign-out", data={"csrf_token": agent.token()})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("before", [None, 0o755])
def test_nobody_else_on_the_machine_reads_the_databases(tmp_path, before):
    folder = tmp_path / "var"
    if before:
        folder.mkdir(mode=before)
        (folder / "desk.db").touch(mode=0o644)
    settings = settings_in(folder)
    settings.try_folder()
    _prepare(settings, demo=False)
    app = create_app(settings, create_box(settings))
    assert app.test_client().get("/health").status_code == 200
    with app.extensions["desk"].writing() as db:
        db.connection().exec_driver_sql("SELECT 1")
    assert mode(folder) == 0o700
    files = {path.name: oct(mode(path)) for path in folder.iterdir() if ".db" in path.name}
    assert len(files) >= 2
    assert set(files.values()) == {"0o600"}, files


def test_nobody_else_on_the_machine_reads_what_imports_brought(tmp_path):
    assert mode(request_files.folder(settings_in(tmp_path))) == 0o700


def test_a_folder_that_is_everybodys_stays_everybodys(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    settings_in(folder).try_folder()
    assert mode(folder) == 0o777 | stat.S_ISVTX
