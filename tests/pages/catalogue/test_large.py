"""Large files: taken on this one page, from whoever may import, and never in the clear."""

import io

import pytest
from sqlalchemy import func, select

from app.pages.catalogue import arriving
from app.store.brought_files import BroughtFile, FileChunk
from tests.page import upload

SIZE = 13 * 1024 * 1024  # more than any other form may weigh
ROW = b"id,name\na-secret-name,x\n"


def send(visitor, path, kind, token=None):
    """Send a large file as a browser does; the client of tests would keep it in a file of its own."""
    fields = {"csrf_token": token or visitor.token(), "kind": kind}
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    file = b'Content-Disposition: form-data; name="file"; filename="large.csv"\r\n\r\n' + ROW + b"\n" * SIZE
    body = (
        b"".join(b"--cut\r\n" + part + b"\r\n" for part in [*(part.encode() for part in parts), file]) + b"--cut--\r\n"
    )
    how = {"content_type": "multipart/form-data; boundary=cut", "content_length": len(body)}
    return visitor.client.post(path, input_stream=io.BytesIO(body), **how)


def kept(desk):
    with desk.reading() as db:
        return db.scalar(select(func.count()).select_from(BroughtFile))


def test_a_large_file_is_kept_encrypted(marketer, desk, last):
    assert send(marketer, "/catalogue/new", "locations").location.endswith("/columns")
    assert last().size > SIZE
    with desk.reading() as db:
        assert not any(b"a-secret-name" in chunk for chunk in db.scalars(select(FileChunk.content)))


@pytest.mark.parametrize("path", ["/imports/new", "/links/shorten-many", "/catalogue/new"])
def test_no_other_page_and_nobody_else_may_bring_one(marketer, agent, desk, path):
    visitor = agent if path == "/catalogue/new" else marketer
    assert send(visitor, path, "products").status_code == 413
    assert kept(desk) == 0


def test_what_no_form_keeps_is_gone_with_the_request(marketer, desk, monkeypatch):
    assert send(marketer, "/catalogue/new", "nonsense").status_code == 422
    assert send(marketer, "/catalogue/new", "stock", token="no").status_code == 400
    assert marketer.post("/catalogue/new", {"kind": "stock", "file": upload(b"<x/>", "x.yml")}).status == 422
    assert kept(desk) == 0
    monkeypatch.setattr(arriving, "LARGEST_SPREADSHEET", 10)
    page = marketer.post("/catalogue/new", {"kind": "stock", "file": upload(b"PK\x03\x04" + b"x" * 20, "x.xlsx")})
    assert "A spreadsheet may have 30 MB" in page.text
    assert kept(desk) == 0
