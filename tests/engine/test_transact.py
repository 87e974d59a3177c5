"""The newer call for all transactional messages: tests, copies, files, over the channels of a cascade."""

import base64
import io

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from urllib3.filepost import encode_multipart_formdata

from app.engine.store.campaigns import Campaign, Template
from app.engine.store.messages import Message, MessageFile
from app.engine.store.shops import shop_of
from app.rees46 import notifications
from app.rees46.errors import NotFound, Refused
from app.rees46.messages import LARGEST_FILES, File, Transact
from tests.engine.asking import SECRET, SHOP
from tests.page import Page

ANNA, PHONE = "anna@shop.local", "79990000001"
KEYS = {"shop_id": SHOP, "shop_secret": SECRET}


@pytest.fixture(autouse=True)
def _campaigns(database):
    with database.writing() as db:
        shop = shop_of(db, SHOP).id
        letter, text = {"subject": "Hi {{ name }}", "html": "<p>{{ a.b }}</p>"}, {"text": "Hi {{ name }}"}
        for kind, code, parts in (
            ("multi", "both", {"email": letter, "sms": text}),
            ("multi", "text", {"sms": text}),
            ("sms", "code", {"sms": text}),
        ):
            templates = [
                Template(shop_id=shop, channel=name, language="en", parts=said) for name, said in parts.items()
            ]
            db.add(Campaign(shop_id=shop, kind=kind, code=code, name=code, created=db.now, templates=templates))


@pytest.fixture
def delivered(database):
    def read():
        with database.reading() as db:
            return db.scalars(select(Message).order_by(Message.id)).all()

    return read


def file(name, content, kind="text/plain"):
    return File(name=name, type=kind, content=base64.b64encode(content))


def test_it_goes_over_the_first_channel_that_reaches_them_or_over_all(shop, delivered):
    code = shop.send(Transact(code="both", email=ANNA, phone=PHONE)).code
    assert [(one.code, one.channel) for one in delivered()] == [(code, "email")]
    shop.send(Transact(code="both", email=ANNA, phone=PHONE, send_everywhere=True))
    assert [one.channel for one in delivered()[1:]] == ["email", "sms"]
    shop.send(Transact(code="code", phone=PHONE, variables={"name": "Anna"}))
    assert delivered()[-1].parts == {"text": "Hi Anna"}
    with pytest.raises(NotFound):
        shop.send(Transact(code="none", phone=PHONE))


def test_a_test_has_no_code_and_is_counted_nowhere(shop, delivered):
    assert shop.send(Transact(code="both", email=ANNA, test=True)).code is None
    assert delivered()[0].is_test
    assert shop.send(notifications.List(email=ANNA)) == []


def test_copies_and_files_go_with_an_e_mail_and_with_nothing_else(shop, delivered, database):
    more = {"cc": ["boss@example.com"], "bcc": ["log@example.com"], "send_everywhere": True}
    shop.send(Transact(code="both", email=ANNA, phone=PHONE, files=[file("чек 1.txt", b"\x00\xff")], **more))
    (sent,) = delivered()
    assert (sent.channel, sent.cc, sent.bcc) == ("email", ["boss@example.com"], ["log@example.com"])
    with database.reading() as db:
        (kept,) = db.scalars(select(MessageFile)).all()
        assert (kept.name, kept.kind, kept.size, kept.content) == ("чек 1.txt", "text/plain", 2, b"\x00\xff")
    for said in ({"cc": ["boss@example.com"]}, {"files": [file("a", b"a")]}):
        with pytest.raises(Refused, match="nothing was sent"):
            shop.send(Transact(code="text", phone=PHONE, **said))
    assert len(delivered()) == 1


def test_files_have_ten_megabytes_together(wire):
    half = b"x" * (LARGEST_FILES // 2 + 1)
    with pytest.raises(ValidationError):
        Transact(code="both", email=ANNA, files=[file("a", half), file("b", half)])
    fields = KEYS | {"code": "both", "email": ANNA, "one": ("a", half), "two": ("b", half)}
    body, kind = encode_multipart_formdata(fields)
    answer = wire.post("/transact", data=body, content_type=kind)
    assert answer.status_code == 400
    assert "10 MB" in answer.json["message"]


def test_a_form_with_files_of_any_names_is_understood_as_it_is_printed(wire, delivered, database):
    said = {
        "code": "both",
        "email": ANNA,
        "variables[name]": "Anna",
        "variables[a][b]": "deep",
        "cc[]": "c@example.com",
    }
    files = {"file_name": (io.BytesIO(b"1"), "papers/bill.pdf"), "file_name_2": (io.BytesIO(b"22"), "x.bin")}
    answer = wire.post("/transact", data=KEYS | said | files)
    assert answer.json == {"success": True, "payload": {"code": delivered()[0].code}}
    assert delivered()[0].parts == {"subject": "Hi Anna", "html": "<p>deep</p>"}
    assert delivered()[0].cc == ["c@example.com"]
    with database.reading() as db:
        assert [(one.name, one.size) for one in db.scalars(select(MessageFile))] == [("bill.pdf", 1), ("x.bin", 2)]
    empty = wire.post("/transact", data=KEYS | {"code": "both", "email": ANNA, "file": (io.BytesIO(b""), "")})
    assert empty.status_code == 200


def test_the_outbox_shows_copies_and_gives_files_to_be_saved(wire, shop, delivered):
    page = {"files": [file("a.html", b"<script>1</script>", "text/html")], "cc": ["boss@example.com"], "test": True}
    shop.send(Transact(code="both", email=ANNA, **page))
    shown = Page(None, wire.get(f"/outbox/{delivered()[0].code}?shop={SHOP}"))
    assert "Copy to boss@example.com" in shown.text
    assert "Counted nowhere" in shown.text
    link = shown.dom.find("a", string="a.html")["href"]
    answer = wire.get(link)
    assert answer.data == b"<script>1</script>"
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert wire.get(f"/outbox/files/{2**40}?shop={SHOP}").status_code == 404


def test_the_curl_names_files_and_never_their_content(shop):
    curl = shop.curl(
        Transact(code="both", email=ANNA, variables={"name": "O'Hara"}, files=[file("a b.txt", b"secret")])
    )
    assert "-F 'file_1=@a b.txt;type=text/plain'" in curl
    assert "variables[name]=O" in curl
    assert "c2VjcmV0" not in curl
    assert '"$REES46_SECRET"' in curl
    assert SECRET not in curl
