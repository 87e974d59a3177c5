"""The trail leaves as lines of JSON: in its order, each entry at least once, and nobody is named in it."""

import json
import socket
import ssl
from contextlib import nullcontext, suppress
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import update

from app.config import Settings
from app.pages.doctor.checks import findings
from app.pages.trail import schedules
from app.store import acts, trail_stream
from app.store.acts import Act, done_at_once
from app.store.base import now
from app.work import streaming
from tests.schedules import run

MINUTE = timedelta(minutes=1)
NAMES = {"person": "Ann Secret", "reason": "Ann Secret", "ip": "10.1.2.3", "asked": {"email": "ann@example.com"}}


@pytest.fixture
def clock():
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


@pytest.fixture
def stream_to(app):
    """Let the trail leave to a place: `stream_to("/tmp/trail.jsonl")`."""

    def stream_to(place):
        app.extensions["settings"] = app.extensions["settings"].model_copy(update={"trail_stream": str(place)})

    return stream_to


@pytest.fixture
def happened(app, desk, clock):
    """Write acts down, and let them be sealed."""

    def happened(*people):
        with desk.writing() as db:
            for number in people:
                db.add(done_at_once(Act(person_id=number, shop_id=1, what="segments.Add", after={"x": "y"}, **NAMES)))
        clock.shift(MINUTE)
        run("trail.seal", app)

    return happened


def lines_of(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def people_in(path):
    return [line["person_id"] for line in lines_of(path)]


def test_sealed_entries_leave_as_lines_in_their_order_and_name_nobody(app, desk, happened, stream_to, tmp_path, clock):
    path = tmp_path / "trail.jsonl"
    stream_to(path)
    happened(1, 2)
    happened(3)
    run("trail.stream", app)
    assert people_in(path) == [1, 2, 3]
    with desk.writing() as db:
        db.add(Act(person_id=4, what="segments.Add", until=None, **NAMES))
    clock.shift(MINUTE)
    run("trail.seal", app)
    with desk.writing() as db:
        acts.end(db, db.scalars(acts.select(Act).where(Act.person_id == 4)).one().id, "done")
    happened(5)
    run("trail.stream", app)
    run("trail.stream", app)
    assert people_in(path) == [1, 2, 3, 4, 4, 5]
    assert [(line["stage"], line.get("outcome")) for line in lines_of(path)[3:]] == [
        ("begun", None),
        ("ended", "done"),
        ("ended", "done"),
    ]
    assert not any(name in path.read_text() for name in ("Ann", "ann@", "10.1.2.3", '"y"'))
    assert path.stat().st_mode & 0o777 == 0o600


def test_more_than_leave_at_once_leave_in_the_same_minute(app, happened, stream_to, tmp_path, monkeypatch):
    monkeypatch.setattr(schedules, "AT_ONCE", 2)
    stream_to(tmp_path / "trail.jsonl")
    happened(*range(1, 8))
    run("trail.stream", app)
    assert people_in(tmp_path / "trail.jsonl") == list(range(1, 8))


def test_what_cannot_leave_waits_keeps_nobody_from_acting_and_is_told(app, desk, happened, stream_to, tmp_path, clock):
    stream_to(tmp_path / "away" / "trail.jsonl")
    happened(1)
    run("trail.stream", app)
    happened(2)
    clock.shift(20 * MINUTE)
    with app.test_request_context(), desk.reading() as db:
        titles = [finding.title for finding in findings(app.extensions["settings"], db)]
    assert "The audit trail does not reach DESK46_TRAIL_STREAM" in titles
    (tmp_path / "away").mkdir()
    run("trail.stream", app)
    assert people_in(tmp_path / "away" / "trail.jsonl") == [1, 2]


def test_what_left_and_was_not_noted_leaves_again(app, happened, stream_to, tmp_path, monkeypatch):
    def cut_off(*_given):
        raise SystemExit

    stream_to(tmp_path / "trail.jsonl")
    happened(1, 2)
    monkeypatch.setattr(trail_stream, "left", cut_off)
    with pytest.raises(SystemExit):
        run("trail.stream", app)
    monkeypatch.undo()
    run("trail.stream", app)
    assert people_in(tmp_path / "trail.jsonl") == [1, 2, 1, 2]


@pytest.mark.parametrize("kind", ["udp", "tcp", "socket"])
def test_a_syslog_gets_a_line_for_each_entry(kind, tmp_path):
    lines = [{"act": 1, "what": "ё"}, {"act": 2}]
    family = socket.AF_UNIX if kind == "socket" else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "log") if kind == "socket" else ("127.0.0.1", 0))
        ear.settimeout(5)
        if kind == "tcp":
            ear.listen()
        port = "" if kind == "socket" else ear.getsockname()[1]
        places = {
            "udp": f"syslog://127.0.0.1:{port}",
            "tcp": f"syslog+tcp://127.0.0.1:{port}",
            "socket": f"syslog:{tmp_path}/log",
        }
        streaming.send(places[kind], lines)
        if kind == "tcp":
            with ear.accept()[0] as wire, wire.makefile("rb") as file:
                heard = file.read().splitlines()
        else:
            heard = [ear.recv(4096) for _line in lines]
    assert [json.loads(line.removeprefix(b"<86>desk46: ")) for line in heard] == lines


@pytest.fixture
def certificate(tmp_path):
    """A certificate for localhost; gives the files of it and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now() - MINUTE).not_valid_after(now() + 60 * MINUTE)
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    files = tmp_path / "localhost.pem", tmp_path / "key.pem"
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    files[0].write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(key.private_bytes(*plain))
    return files


def listen_once(ear, files, heard):
    """A syslog that takes one connection; one whose other side leaves at once said nothing."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*files)
    with suppress(OSError), ear.accept()[0] as plain, context.wrap_socket(plain, server_side=True) as wire:
        while some := wire.recv(4096):
            heard.append(some)
        wire.unwrap()


@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_syslog_over_tls_gets_lines_with_their_length_if_its_certificate_is_good(
    certificate, is_trusted, monkeypatch
):
    lines, heard = [{"act": 1, "what": "ё"}, {"act": 2}], []
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with socket.create_server(("127.0.0.1", 0)) as ear:
        ear.settimeout(5)
        listening = Thread(target=listen_once, args=(ear, certificate, heard))
        listening.start()
        with nullcontext() if is_trusted else pytest.raises(ssl.SSLCertVerificationError):
            streaming.send(f"syslog+tls://localhost:{ear.getsockname()[1]}", lines)
        listening.join()
    rest, told = b"".join(heard), []
    while rest:
        length, _space, rest = rest.partition(b" ")
        told.append(json.loads(rest[: int(length)].removeprefix(b"<86>1 - - desk46 - - - ")))
        rest = rest[int(length) :]
    assert told == (lines if is_trusted else [])


@pytest.mark.parametrize("place", ["trail.jsonl", "http://log.example", "syslog+tcp:/dev/log", "syslog://", "x"])
def test_what_is_no_place_is_refused_at_the_start(place):
    with pytest.raises(ValueError, match="no file and no syslog"):
        Settings(trail_stream=place)


def test_the_doctor_tells_of_a_trail_that_was_touched_or_is_not_sealed(app, desk, happened, clock):
    def titles():
        with app.test_request_context(), desk.reading() as db:
            return {finding.title for finding in findings(app.extensions["settings"], db) if finding.name == "trail"}

    for number in range(3):
        happened(number)
    assert titles() == set()
    with desk.writing() as db:
        db.add(done_at_once(Act(person_id=9, what="segments.Add", **NAMES)))
    clock.shift(20 * MINUTE)
    assert titles() == {"The audit trail is not being sealed"}
    run("trail.seal", app)
    with desk.writing() as db:
        db.execute(update(trail_stream.Entry).values(digest="0" * 64))
    assert titles() == {"The audit trail is not as it was sealed"}
