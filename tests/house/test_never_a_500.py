"""No input breaks a view: every route of the desk and of the box, with bad paths, queries, headers and bodies."""

import re
import sys
from functools import partial
from io import BytesIO

import pytest

LONG = "x" * 300
PATHS = ["0", "-1", LONG, "%00", "\x00", "\ud800", "а/б", "..", "null", "9" * 30, "2026-99-99", "~" * 256]
QUERIES = [
    b"",
    b"%ff=%00",
    b"a[b][c]=1&a=2",
    b"page=" + b"9" * 40,
    b"after=%F0%9F&q=%00",
    b"x=%",
    b"&&==",
    b"day=0-0-0",
]
HOSTS = ["localhost", "x" * 64 + ".test", "[::1", "a..b", "localhost:99999", "лох.рф", "%00", ""]


def deep(levels, opening="[", closing="]"):
    return opening * levels + closing * levels


def multipart(*heads, end=b"--b--\r\n"):
    return b"".join(b"--b\r\n" + head + b"\r\n\r\nvalue\r\n" for head in heads) + end


FORM, JSON, PARTS = "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=b"
BODIES = [
    (FORM, b""),
    (FORM, b"a=\xff\xfe%ff%00&csrf_token=%ff"),
    (FORM, b"&".join(b"a%d=1" % number for number in range(2000))),
    (FORM, b"email=" + b"9" * 100_000),
    (FORM + "; charset=utf-99", b"a=1"),
    (JSON, b"[]"),
    (JSON, b'"text"'),
    (JSON, b"7"),
    (JSON, b"null"),
    (JSON, b"[1, 2]"),
    (JSON, b'[["a", "b"]]'),
    (JSON, b"{"),
    (JSON, b"\xff"),
    (JSON, b'{"email": "\\ud800", "phone": {"a": [1]}, "": null}'),
    (JSON, deep(100_000).encode()),
    (JSON, (deep(20_000, '{"a":', "}")).replace(":}", ":1}").encode()),
    (JSON, b'{"a": 1e999, "b": NaN, "c": -0, "id": 1' + b"0" * 5000 + b"}"),
    (PARTS, multipart(b"Content-Disposition: form-data")),
    (PARTS, multipart(b'Content-Disposition: form-data; filename="a.csv"')),
    (PARTS, multipart(b'Content-Disposition: form-data; name="file"; filename="\xff\x00.csv"')),
    (PARTS, multipart(b'Content-Disposition: form-data; name="file"; filename="a.xlsx"\r\nContent-Type: nonsense')),
    (PARTS, multipart(b'Content-Disposition: form-data; name="\xff"')),
    (PARTS, multipart(b"X: y")),
    (PARTS, multipart(b'Content-Disposition: form-data; name="a"', end=b"")),
    (PARTS, b"no parts at all"),
    ("multipart/form-data", b"--b\r\n"),
    ("text/plain; =;;", b"\x00" * 1000),
    ("", b"\x80"),
]


ENDS_THE_SESSION = {"account.sign_out"}
SHOWS_A_FAULT = {"styleguide.silent"}  # that is what it is there for
SOME, ALL = 1, 99  # bad things of a kind that each address gets


def asked(app, some):
    """Every address with every bad thing; of these each address gets `some` of a kind, and each kind goes round."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    for number, rule in enumerate(rule for rule in rules if rule.endpoint not in ENDS_THE_SESSION | SHOWS_A_FAULT):
        path = partial(filled, rule)
        for bad in turn(PATHS, number, some) if rule.arguments - {"shop"} else []:
            yield from ({"path": path(bad), "method": method} for method in (rule.methods or {"GET"}) & {"GET", "POST"})
        if "shop" in rule.arguments:
            yield {"path": rule.rule.replace("<shop>", PATHS[number % len(PATHS)])}
        for query in turn(QUERIES, number, some):
            yield {"path": path(PATHS[number % 3]), "query": query}
        yield {"path": path("1"), "host": HOSTS[number % len(HOSTS)]}
        for kind, body in turn(BODIES, number, 2 * some) if "POST" in (rule.methods or ()) else []:
            yield {"path": path("1"), "method": "POST", "kind": kind, "body": body}


def turn(things, number, some):
    return [things[(number * some + place) % len(things)] for place in range(min(some, len(things)))]


def filled(rule, bad):
    """The path of a rule, in a shop that is there, with something in the place of its other arguments."""
    return re.sub(r"<[^>]*>", lambda _: bad, rule.rule.replace("<shop>", "demo"))


def status(app, cookie, path, method="GET", query=b"", host="localhost", kind="", body=b"", token=""):
    """Ask as a server does that passes on all that it gets."""
    started = []
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode("utf-8", "surrogatepass").decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host.encode().decode("latin-1"),
        "HTTP_COOKIE": cookie,
        "HTTP_X_CSRFTOKEN": token,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    answer = app.wsgi_app(environ, lambda status, _headers, _error=None: started.append(int(status[:3])))
    for _chunk in answer:
        pass
    answer.close()
    return started[-1]


def broken(app, requests, cookie="", token=""):
    """The requests that were answered with a fault of ours."""
    wrong = []
    for request in requests:
        try:
            code = status(app, cookie, token=token, **request)
        except Exception as error:  # noqa: BLE001  # whatever it is, a server would have to answer it
            code = repr(error)[:200]
        if code not in range(200, 500) and code != 503:
            wrong.append(f"{code} {request}"[:300])
    return wrong


EVERYTHING = pytest.param(ALL, marks=pytest.mark.trial(short="test_no_route_of_the_desk_breaks"))
HOW_MANY = pytest.mark.parametrize("some", [SOME, EVERYTHING], ids=["some", "all"])


@HOW_MANY
def test_no_route_of_the_desk_breaks(app, admin, some):
    cookie = "; ".join(f"{cookie.key}={cookie.value}" for cookie in admin.cookies())
    wrong = broken(app, asked(app, some), cookie, admin.token())
    assert not wrong, "\n".join(wrong)


@HOW_MANY
def test_no_route_of_the_box_breaks(box, some):
    keys = b"shop_id=demo&shop_secret=demo-secret"
    requests = [request | {"query": keys + b"&" + request.get("query", b"")} for request in asked(box, some)]
    wrong = broken(box, requests)
    assert not wrong, "\n".join(wrong)
