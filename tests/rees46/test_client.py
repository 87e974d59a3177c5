"""The client: what it sends, what it gives up on, and what it never tells."""

import gzip
import json
import socket
import threading
import time

import pytest
import requests
import time_machine
from flask import Flask
from requests.adapters import HTTPAdapter

from app.rees46 import links, messages, profile, promo_codes, segments, subscriptions
from app.rees46.client import Client, new_session
from app.rees46.errors import Garbled, NotAllowed, NotFound, Rees46Error, Refused, TooMany, Unreachable
from app.rees46.inprocess import InProcess
from app.rees46.response import LARGEST, pause_asked
from tests.adapters import Answering, Dead, Silent

SECRET = "s3cr3t&'\"x"
FAR = "http://rees46.test"


def client_over(adapter, **more):
    return Client(FAR, "shop", SECRET, session=new_session({FAR: adapter}), **more)


def said_by(client, adapter, op):
    client.send(op)
    return adapter.calls[-1]


def test_a_form_call_carries_the_keys_and_only_what_was_set():
    adapter = Answering(body=b'{"status":"success"}')
    call = said_by(client_over(adapter), adapter, subscriptions.Manage(email="a@b.c", email_bulk=False))
    assert call.body == b"shop_id=shop&shop_secret=s3cr3t%26%27%22x&email_bulk=false&email=a%40b.c"


def test_the_secret_travels_by_header_where_the_api_takes_it():
    adapter = Answering(body=b"[]")
    call = said_by(client_over(adapter), adapter, subscriptions.Changes(event="subscribe"))
    assert call.headers["X-Shop-Secret"] == SECRET
    assert "s3cr3t" not in call.url


def test_the_curl_is_the_call_with_the_secret_left_out():
    op = links.Create(links=[links.Link(url="https://shop.test/it's?a=1")])
    curl = Client(FAR, "shop", SECRET).curl(op)
    assert "s3cr3t" not in curl
    assert "$REES46_SECRET" in curl
    assert curl.startswith("curl -X POST -H 'Content-Type: application/json' --data-raw")


@pytest.mark.parametrize(
    ("status", "kind"), [(400, Refused), (401, NotAllowed), (403, NotAllowed), (404, NotFound), (429, TooMany)]
)
def test_a_refusal_is_told_in_the_words_of_rees46(status, kind):
    adapter = Answering(status, b'{"status":"error","payload":{"message":"Segment not found"}}')
    with pytest.raises(kind, match="Segment not found") as caught:
        client_over(adapter).send(segments.Add(email="a@b.c", segment_id="1"))
    assert caught.value.changed == "no"


def test_an_error_that_comes_with_status_200_is_still_a_refusal():
    adapter = Answering(200, b'{"status":"error","message":"No such person"}')
    with pytest.raises(Refused, match="No such person"):
        client_over(adapter).send(segments.Add(email="a@b.c", segment_id="1"))


def test_reading_is_repeated_when_no_answer_comes_and_nothing_was_changed():
    adapter = Silent()
    with pytest.raises(Unreachable) as caught:
        client_over(adapter).send(segments.Get(email="a@b.c"))
    assert len(adapter.calls) == 3
    assert caught.value.changed == "no"


@pytest.mark.parametrize(
    "op",
    [
        promo_codes.Fetch(id="1", did="d"),
        messages.Sms(code="c", phone="+79990000000", variables={}),
        profile.ForceChangeEmail(old_email="a@b.c", new_email="d@e.f", i_understand_what_i_am_doing="yes"),
    ],
    ids=lambda op: op.name(),
)
def test_what_cannot_be_repeated_is_sent_once_and_its_outcome_is_unknown(op):
    adapter = Silent()
    with pytest.raises(Unreachable) as caught:
        client_over(adapter).send(op)
    assert len(adapter.calls) == 1
    assert caught.value.changed == "maybe"


class Sequence(Answering):
    """Gives one answer after the other; an exception is raised."""

    def __init__(self, *answers):
        super().__init__()
        self.answers = list(answers)

    def answer(self):
        now = self.answers.pop(0)
        if isinstance(now, Exception):
            raise now
        self.status, self.body = now, b'{"message":"Segment not found"}'
        return super().answer()


SMS = messages.Sms(code="c", phone="+79990000000", variables={})
ADD = segments.Add(email="a@b.c", segment_id="1")
NEVER = requests.ConnectTimeout()
LOST = [
    408,
    500,
    502,
    503,
    504,
    599,
    requests.ReadTimeout(),
    requests.ConnectionError("reset by peer"),
    requests.exceptions.ChunkedEncodingError(),
]


@pytest.mark.parametrize("answer", LOST, ids=repr)
def test_a_gateway_or_a_broken_line_does_not_say_that_nothing_happened(answer):
    with pytest.raises(Unreachable) as caught:
        client_over(Sequence(answer)).send(SMS)
    assert caught.value.changed == "maybe"


@pytest.mark.parametrize("first", [502, requests.ReadTimeout()], ids=repr)
@pytest.mark.parametrize("then", [NEVER, 404], ids=repr)
def test_what_an_earlier_attempt_may_have_done_is_not_forgotten(first, then):
    with pytest.raises(Rees46Error) as caught:
        client_over(Sequence(first, then, then)).send(ADD)
    assert caught.value.changed == "maybe, and safe to repeat"


def test_reading_never_changes_anything_however_it_ends():
    with pytest.raises(Rees46Error) as caught:
        client_over(Sequence(502, NEVER, NEVER)).send(segments.Get(email="a@b.c"))
    assert caught.value.changed == "no"


def test_a_connection_that_was_never_made_changed_nothing():
    with pytest.raises(Unreachable) as caught:
        client_over(Dead()).send(messages.Sms(code="c", phone="+79990000000", variables={}))
    assert caught.value.changed == "no"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[" * 100_000, b'{"status": 5}', b"[1,2]", b"\xff\xfe", b'{"a": ' * 2000 + b"1" + b"}" * 2000],
)
def test_nonsense_is_garbled_and_never_an_exception_of_a_library(body):
    with pytest.raises(Garbled):
        client_over(Answering(200, body)).send(segments.Add(email="a@b.c", segment_id="1"))


def test_a_redirect_is_not_followed():
    adapter = Answering(307, b"", {"Location": "http://elsewhere.test/"})
    with pytest.raises(Garbled):
        client_over(adapter).send(segments.Add(email="a@b.c", segment_id="1"))
    assert len(adapter.calls) == 1


def test_an_answer_that_unpacks_without_end_is_cut_off():
    bomb = gzip.compress(b" " * (LARGEST + 1024 * 1024))
    with pytest.raises(Garbled):
        client_over(Answering(200, bomb, {"Content-Encoding": "gzip"})).send(segments.Get(email="a@b.c"))


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("7", 7),
        ("0.5", 0.5),
        ("Fri, 21 Nov 2026 10:00:20 GMT", 20),
        ("Friday, 21-Nov-26 10:00:20 GMT", 20),
        ("Fri, 21 Nov 2026 13:00:20 +0300", 20),
        ("Fri, 21 Nov 2026 10:00:20 -0000", 20),
        ("Fri, 21 Nov 2026 09:59:00 GMT", 0),
        ("Fri, 21 Nov 2036 10:00:20 GMT", 60),
        ("Fri, 99 Nov 2026 10:00:20 GMT", 0),
        ("Fri, 21 Nov 99999999999999999999 10:00:20 GMT", 0),
        ("Fri, 21 Nov 2026 10:00:20 +9999999999", 0),
        ("nan", 0),
        ("inf", 60),
        ("-3", 0),
        ("soon", 0),
        ("", 0),
    ],
)
def test_a_retry_after_is_read_in_seconds_and_as_a_date(asked, seconds):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False):
        assert pause_asked({"retry-after": asked}) == seconds


@pytest.mark.parametrize("asked", ["99999", "-1", "soon", ""])
def test_a_strange_retry_after_neither_breaks_nor_blocks(asked, monkeypatch):
    adapter = Answering(429, b"{}", {"Retry-After": asked})
    pauses = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    with pytest.raises(TooMany):
        client_over(adapter, time_limit=1.0).send(segments.Get(email="a@b.c"))
    assert sum(pauses) < 1.0


def test_no_error_and_no_exchange_ever_tells_the_secret():
    seen = []
    for adapter in (Silent(), Dead(), Answering(500, SECRET.encode()), Answering(200, json.dumps(SECRET).encode())):
        client = client_over(adapter, record=seen.append)
        for op in (promo_codes.Lists(), segments.Add(email="a@b.c", segment_id="1")):
            with pytest.raises(Rees46Error) as caught:
                client.send(op)
            assert "s3cr3t" not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__dict__}"
    assert len(seen) == 8
    assert not any("s3cr3t" in f"{one.curl}{one.answer.replace(chr(92), '')}" for one in seen)


def test_one_clock_runs_over_the_whole_call():
    """A server that drips bytes keeps every socket time-out happy; ours is over the call."""
    with drip() as port:
        client = Client(f"http://127.0.0.1:{port}", "shop", SECRET, session=new_session(), time_limit=0.4)
        started = time.monotonic()
        with pytest.raises(Unreachable):
            client.send(segments.Get(email="a@b.c"))
        assert time.monotonic() - started < 3


class drip:  # noqa: N801  # reads as a word at its place of use
    """A server that sends a byte of its headers every tenth of a second."""

    def __enter__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.over = threading.Event()
        self.serving = threading.Thread(target=self._serve, daemon=True)
        self.serving.start()
        return self.server.getsockname()[1]

    def _serve(self):
        try:
            connection, _ = self.server.accept()
            with connection:
                while not self.over.wait(0.1):
                    connection.sendall(b"H")
        except OSError:
            return

    def __exit__(self, *_):
        self.over.set()
        self.serving.join(2)
        self.server.close()


def test_a_fault_of_the_box_is_a_500_like_over_a_wire():
    box = Flask("box")

    @box.get("/broken")
    def broken():
        raise RuntimeError(SECRET)

    adapter = InProcess(box)
    answer = adapter.send(requests.Request("GET", "http://box/broken").prepare())
    assert isinstance(adapter, HTTPAdapter)
    assert answer.status_code == 500
    assert "s3cr3t" not in answer.text
