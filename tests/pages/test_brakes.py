"""The emergency brake: everybody reads the reason, nothing leaves, what was typed stays, and jobs wait."""

import pytest
from sqlalchemy import select

from app.store.acts import Act
from app.store.works import Work
from app.work.worker import Worker

PAGE = "https://shop.example.com/sale"
WHY = "The mail server sends twice, until noon."


@pytest.fixture
def pull(admin):
    def pull(kind, shop=""):
        return admin.get("/brakes/").press("Put it in force", kind=kind, shop=shop, reason=WHY)

    return pull


def acts(desk, what):
    with desk.reading() as db:
        return list(db.scalars(select(Act).where(Act.what == what)))


def test_a_notice_stands_on_every_page_and_stops_nothing(pull, marketer, viewer):
    pull("notice")
    for visitor, path in ((marketer, "/links/"), (viewer, "/jobs/"), (viewer, "/account/")):
        assert WHY in visitor.get(path).text
    assert marketer.get("/links/shorten").press("Shorten the link", url=PAGE).h1 == "1 short link"


def test_read_only_stops_every_change_before_it_is_written_down_and_keeps_what_was_typed(pull, agent, desk):
    form = agent.get("/customers/new")
    pull("read_only")
    assert "Nothing can be changed now" in agent.get("/customers/").text
    before = len(acts(desk, "crm.Set"))
    page = agent.get("/communications/").text
    assert WHY in page
    assert form.status == 200
    assert len(acts(desk, "crm.Set")) == before


def test_a_message_is_not_sent_and_its_draft_stays(pull, marketer, desk, admin):
    form = marketer.get("/messages/new?kind=sms")
    page = form.press("Look at what will be sent", code="order_ready", phone="79990000002")
    assert page.h1 == "Look before it goes"
    pull("no_messages")
    refused = page.press("Send the SMS")
    assert refused.status == 422
    assert any(WHY in words for words in refused.errors)
    assert acts(desk, "messages.Sms") == []
    assert marketer.get("/links/shorten").press("Shorten the link", url=PAGE).h1 == "1 short link"
    admin.get("/brakes/").press("Lift it")
    refused.press("Send the SMS")
    assert [act.outcome for act in acts(desk, "messages.Sms")] != []


def test_jobs_wait_and_go_on_when_it_is_lifted(pull, marketer, admin, app, desk, monkeypatch):
    monkeypatch.setattr("app.pages.links.proceed.SECONDS", 0.0)
    page = marketer.get("/links/shorten-many").press("Shorten the links", lines=f"{PAGE}/1\n{PAGE}/2")
    pull("read_only", shop="1")
    worker = Worker(app)
    worker.step()
    with desk.reading() as db:
        work = db.scalars(select(Work)).one()
    assert (work.state, work.tries) == ("waiting", 0)
    assert WHY in marketer.get(page.path).text
    admin.get("/brakes/").press("Lift it")
    monkeypatch.undo()
    assert marketer.get(page.path).press("Continue").h1 == "2 short links"


def test_it_holds_only_in_its_shop(pull, marketer):
    pull("read_only", shop="2")
    assert WHY not in marketer.get("/s/demo/links/").text
    assert WHY in marketer.get("/s/second/links/").text
    assert marketer.get("/s/demo/links/shorten").press("Shorten the link", url=PAGE).h1 == "1 short link"
    refused = marketer.get("/s/second/links/shorten").press("Shorten the link", url=PAGE)
    assert WHY in refused.text
    assert refused.h1 != "1 short link"


def test_it_stands_in_the_trail_and_is_lifted_once(pull, admin, desk):
    page = pull("read_only")
    page.press("Lift it")
    assert "lifted it already" in page.press("Lift it").text
    assert [act.reason for act in acts(desk, "brakes.Put")] == [WHY]
    assert len(acts(desk, "brakes.Lift")) == 2
    assert WHY not in admin.get("/links/").text


def test_only_administrators_pull_it(marketer, agent):
    for visitor in (marketer, agent):
        assert visitor.get("/brakes/").status == 403
        assert visitor.post("/brakes/", {"kind": "read_only", "reason": "x"}).status == 403


def test_nothing_is_put_in_force_without_a_reason(admin, desk):
    assert admin.get("/brakes/").press("Put it in force", kind="notice", reason="").status == 422
    assert acts(desk, "brakes.Put") == []
