"""Whatever becomes of a message, its page keeps the request, the act in the trail and the reason."""

import pytest

from app.store.acts import Act
from app.store.exchanges import Exchange
from tests.adapters import Answering, Dead, Silent, trouble

SMS = "/sms/transactional"


def sent(visitor):
    page = visitor.get("/messages/new?kind=sms").press(
        "Look at what will be sent",
        code="verification",
        phone="+79990000002",
        **{"rows-0-name": "code", "rows-0-value": "1234"},
    )
    return page.press("Send the SMS")


@pytest.mark.parametrize(
    ("adapter", "state", "reason"),
    [
        (Answering(400, b'{"status":"error","payload":{"message":"No such template"}}'), "Refused", "No such template"),
        (Dead(), "Not sent", "REES46 could not be reached"),
        (Silent(), "Unknown", "REES46 did not answer"),
        (Answering(500, b"boom"), "Unknown", "(status 500)"),
        (Answering(502, b"<html>Bad gateway</html>"), "Unknown", "(status 502)"),
        (Answering(200, b"<html>Welcome</html>"), "Unknown", "(status 200)"),
    ],
    ids=["refused", "never sent", "silent", "500", "502", "HTML"],
)
def test_its_page_keeps_the_request_the_act_and_the_reason(app, marketer, desk, adapter, state, reason):
    trouble(app, adapter, only=SMS)
    page = sent(marketer)
    assert reason in page.text
    assert SMS in page.text
    assert marketer.get("/messages/").cell("verification", "Outcome") == state
    with desk.reading() as db:
        act = db.query(Act).filter_by(what="messages.Sms").one()
        assert db.query(Exchange).filter_by(act_id=act.id).count() == 1
    trail = page.follow(f"Act {act.id}")
    assert reason in trail.text
    assert state in trail.text.replace("Failed", "Not sent")
