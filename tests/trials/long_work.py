"""Long work beside the clicks of people that are killed: messages to groups, files of long lists, and schedules."""

from collections import Counter

from sqlalchemy import func, select, text

from app.engine.store.messages import Message
from app.engine.worker.main import work_until_idle
from app.rees46 import imports
from app.store import brought_files, trail_check
from app.store.base import now
from app.store.brought_files import BroughtFile, FileChunk
from app.store.bulks import Bulk, BulkRow
from app.store.exports import Export
from app.store.schedules import Schedule
from app.work import batches
from app.work.schedules import PLANNED
from app.work.worker import Worker
from tests.bench.of_lists import EXCHANGES
from tests.pages.test_messages import SMS

PEOPLE, CALLS = 5, 6_000  # of a group; of the request log, a third of which stands in each file
LIST = "/s/demo/requests/?as=csv&operation=segments.Add"
SAID = '{"order": {"number": "7", "until": "8"}, "url": "u"}'
STOPPED = "It stopped"


def phones_of(group):
    return [f"+7999555{group:02}{number:02}" for number in range(PEOPLE)]


def begin(marketer, client, settings, desk, monkeypatch, *, groups):
    """Begin as many groups and files as a marketer does, and leave them to the workers."""
    everybody = [phone for group in range(groups) for phone in phones_of(group)]
    client.send(
        imports.Audience(audience=[{"email": f"{phone[1:]}@load.example", "phone": phone} for phone in everybody])
    )
    work_until_idle(settings)
    with desk.writing() as db:
        db.execute(text(EXCHANGES), {"rows": CALLS})
    marketer.get("/messages/campaigns/new?kind=sms").press("Add the campaign", **SMS)
    looked = [look_at(marketer, phones_of(group)) for group in range(groups)]
    with monkeypatch.context() as patched:
        patched.setattr(batches, "SECONDS", 0.0)
        for page in looked:
            page.press(f"Do it for {PEOPLE} customers")
            marketer.post("/s/demo/exports/", {"of": LIST})


def look_at(marketer, phones):
    page = marketer.get("/bulk/new").press("Go on", who="\n".join(phones))
    page = page.press("Look first", within="#messages-group", **{"messages.group-variables": SAID})
    assert f"It will be done for {PEOPLE} customers" in page.text
    return page


def go_on_with(marketer, desk, app):
    """Let a person go on with each group that stopped at a message of which nobody knows."""
    worker = Worker(app)
    with desk.reading() as db:
        keys = db.scalars(select(Bulk.key)).all()
    for key in keys:
        page = marketer.get(f"/bulk/{key}")
        while STOPPED in page.text:
            page.press("Continue")
            while worker.step():
                pass
            page = marketer.get(f"/bulk/{key}")


def held_to(desk, box, settings, *, groups):
    """Hold each kind of work to what it was asked for."""
    with desk.reading() as db, box.extensions["db"].reading() as there:
        messages(db, there, groups)
        files(db, settings.key, groups)
        assert set(db.scalars(select(Schedule.name))) == PLANNED.keys()
        assert [row.name for row in db.scalars(select(Schedule)) if row.due <= now() or row.trouble] == []
        assert trail_check.check(db, settings.key, settings.var).troubles == []


def messages(db, there, groups):
    """Each of the group got one message at most: one if it is done, none if it failed."""
    sent = Counter(there.scalars(select(Message.recipient)))
    rows = db.scalars(select(BulkRow)).all()
    assert len(rows) == groups * PEOPLE
    assert {row.outcome for row in rows} <= {"done", "unknown"}
    for row in rows:
        went = sent[row.why.lstrip("+")]
        assert went <= 1, row.why
        assert row.outcome == "unknown" or went == 1, row.why


def files(db, key, number):
    """Each file is whole, and nothing is left of what was begun anew."""
    exports = db.scalars(select(Export)).all()
    assert len(exports) == number
    for export in exports:
        file = db.get_one(BroughtFile, export.file_id)
        content = b"".join(brought_files.block_of(db, file, place, key) for place in range(file.chunks))
        assert export.made is not None
        assert len(content.splitlines()) == export.rows + 1 == CALLS // 3 + 1
    kept = {export.file_id for export in exports}
    assert db.scalar(select(func.count()).select_from(FileChunk).where(FileChunk.file_id.not_in(kept))) == 0
