"""Handing out a code: once for each click, noted with whom and why, never lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.store import customers
from app.store.acts import Act
from app.store.promo_handouts import PromoHandout
from tests.adapters import Answering, Dead, Silent, over, trouble
from tests.page import filled

ANNA = "anna.kowalska@example.com"


def hand_out(visitor, who="", list_id="3184", reason="Ticket 4711", **more):
    page = visitor.get("/promo_codes/hand-out")
    return page.press("Hand out the code", who=who, list=list_id, reason=reason, **more)


def left(visitor, list_id="3184"):
    names = {"3184": "Abandoned cart trigger discount codes", "3188": "Марафон 2026"}
    return int(visitor.get("/promo_codes/").row(names[list_id])[2])


def voucher(page):
    return page.dom.select_one(".voucher strong").get_text()


def ledger(desk):
    with desk.reading() as db:
        return db.query(PromoHandout).order_by(PromoHandout.id).all()


def test_a_code_is_handed_out_and_noted(agent, desk):
    before = left(agent)
    page = hand_out(agent, ANNA)
    assert page.h1 == "Code handed out"
    assert left(agent) == before - 1
    assert voucher(page) in agent.get("/promo_codes/handed-out").row("Ticket 4711")[1]
    assert "@" not in page.answer.request.url
    assert [(one.person, one.reason, one.outcome) for one in ledger(desk)] == [("Support", "Ticket 4711", "done")]


def test_reloading_the_page_of_a_code_takes_no_other_one(agent):
    page = hand_out(agent)
    before = left(agent)
    assert voucher(agent.get(page.path)) == voucher(page)
    assert left(agent) == before


def test_a_second_click_finds_the_code_of_the_first(agent):
    form = agent.get("/promo_codes/hand-out")
    first = form.press("Hand out the code", list="3184", reason="Twice")
    before = left(agent)
    second = form.press("Hand out the code", list="3184", reason="Twice")
    assert (voucher(second), second.path) == (voucher(first), first.path)
    assert left(agent) == before


def test_many_clicks_at_once_take_one_code(app, agent, desk):
    form = agent.get("/promo_codes/hand-out").form("Hand out the code")[0]
    data = filled(form) | {"list": "3184", "reason": "Nervous finger"}
    before, cookie = left(agent), agent.client.get_cookie("desk46").value

    def click(_number):
        client = app.test_client()
        client.set_cookie("desk46", cookie)
        return client.post("/promo_codes/hand-out", data=data).location

    with ThreadPoolExecutor(64) as hands:
        places = set(hands.map(click, range(64)))
    assert len(places) == 1
    assert len(ledger(desk)) == 1
    assert left(agent) == before - 1


def test_a_form_that_is_gone_back_to_for_another_list_is_another_click(agent):
    form = agent.get("/promo_codes/hand-out")
    first = form.press("Hand out the code", list="3184", reason="One")
    assert voucher(form.press("Hand out the code", list="3185", reason="One")) != voucher(first)


def test_a_customer_who_has_a_code_of_the_list_gets_another_only_when_it_is_said(agent):
    first = hand_out(agent, ANNA)
    again = hand_out(agent, f" {ANNA.upper()} ")
    assert again.status == 422
    assert "has a code of this list already" in again.text
    assert voucher(first) in again.text
    assert "Code handed out" in again.press("Hand out the code", again="y").h1
    assert hand_out(agent, ANNA, "3185").h1 == "Code handed out"


def test_from_the_profile_the_customer_is_named_by_a_key(agent, desk):
    with desk.writing() as db:
        key = customers.remember(db, 1, "email", ANNA, "Anna Kowalska").key
    page = agent.get(f"/promo_codes/hand-out?for={key}")
    assert "Anna Kowalska" in page.text
    code = voucher(page.press("Hand out the code", list="3184", reason="Late parcel"))
    panel = agent.htmx(f"/promo_codes/of/{key}", target="div#promo-codes-body")
    assert code in panel.html
    assert "Late parcel" in panel.html
    assert code in agent.get(f"/promo_codes/hand-out?for={key}").text


def test_an_empty_list_gives_nothing_and_is_not_even_asked(app, agent, desk):
    page = hand_out(agent, list_id="3189")
    assert page.status == 422
    assert "This list is empty" in page.text
    assert ledger(desk) == []


def test_a_list_that_runs_out_meanwhile_is_said_in_the_words_of_rees46(app, agent):
    trouble(app, Answering(404, b'{"status":"error","payload":{"message":"used up"}}'), only="/promo_codes/fetch")
    page = hand_out(agent)
    assert page.status == 422
    assert "used up" in page.text
    assert "No code was taken" in page.text


def test_after_a_refusal_the_same_form_may_be_sent_again(app, agent):
    dead = trouble(app, Dead(), only="/promo_codes/fetch")
    page = hand_out(agent)
    assert page.status == 422
    over(app, dead)
    assert page.press("Hand out the code").h1 == "Code handed out"


LOST = [{"cut": True}, {"status": 200, "body": "<html>"}, {"status": 500}, {"status": 502}, {"status": 503}]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("fault", LOST, ids=str)
def test_a_lost_answer_is_unknown_until_somebody_looks(stage, agent, desk, fault, when):
    stage.fault(operation="promo_codes.Fetch", when=when, times=0, **fault)
    before = left(agent)
    page = hand_out(agent, ANNA)
    assert page.h1 == "Was a code taken?"
    assert [one.outcome for one in ledger(desk)] == ["unknown"]
    assert len(stage.calls("promo_codes.Fetch")) == 1  # it spends, so no machine repeats it
    assert left(agent) == before - (when == "after")
    page = page.press("Settle it", outcome="code", code="FOUND-1")
    assert "FOUND-1" in voucher(page)
    assert agent.post(page.path, {"outcome": "none"}).status == 409


def test_settling_wants_the_code_that_was_found(app, agent):
    trouble(app, Silent(), only="/promo_codes/fetch")
    page = hand_out(agent)
    assert page.press("Settle it", outcome="code").status == 422
    assert page.press("Settle it", outcome="none").h1 == "No code was taken"


BAD_WISHES = [
    {"reason": ""},
    {"reason": "x" * 501},
    {"reason": "a\0b"},
    {"who": "\0"},
    {"who": "x" * 100_000},
    {"list_id": "nonsense"},
    {"list_id": ""},
]


def test_bad_input_takes_no_code(agent, desk):
    before = left(agent)
    for fields in BAD_WISHES:
        page = hand_out(agent, **fields)
        assert page.status == 422, fields
    assert left(agent) == before
    assert ledger(desk) == []


def test_html_in_a_reason_stays_text(agent):
    page = hand_out(agent, reason="<script>alert(1)</script>")
    assert "<script>alert" not in page.html
    assert "<script>alert(1)</script>" in page.text


def test_two_identifiers_of_two_people_take_no_code(agent, desk):
    page = hand_out(agent, f"{ANNA}, vera.sokolova@example.com")
    assert page.status == 422
    assert "leads to several people" in page.text
    assert ledger(desk) == []


def test_the_same_person_is_known_by_either_identifier(agent):
    hand_out(agent, ANNA)
    again = hand_out(agent, "+44 7700 900101")
    assert "has a code of this list already" in again.text


def test_the_ledger_can_be_narrowed_to_a_list_and_downloaded(agent):
    code = voucher(hand_out(agent, reason="=SUM(A1)"))
    assert agent.get("/promo_codes/handed-out?list=3184").row("SUM")
    assert "Nothing matches" in agent.get("/promo_codes/handed-out?list=3185").text
    csv = agent.get("/promo_codes/handed-out?as=csv").html
    assert code in csv
    assert "'=SUM(A1)" in csv


def test_a_viewer_sees_the_ledger_but_hands_nothing_out(agent, viewer):
    page = hand_out(agent)
    assert viewer.get(page.path).status == 200
    assert viewer.get("/promo_codes/hand-out").status == 403
    assert viewer.post("/promo_codes/hand-out", {"list": "3184", "reason": "x"}).status == 403
    assert viewer.get("/promo_codes/handed-out?as=csv").status == 403


def test_an_entry_of_another_shop_is_not_shown(admin):
    page = hand_out(admin)
    admin.post("/shops/switch", {"shop": "2"})
    assert admin.get(page.path).status == 404
    assert admin.get("/promo_codes/handed-out/nonsense").status == 404


def unknown(app, agent):
    silent = trouble(app, Silent(), only="promo_codes/fetch")
    page = hand_out(agent)
    over(app, silent)
    assert page.h1 == "Was a code taken?"
    return page


def trail_of(desk):
    with desk.reading() as db:
        return [(act.what, act.outcome) for act in db.query(Act).order_by(Act.id)]


def test_a_hand_out_that_is_settled_on_its_page_is_settled_in_the_trail(app, agent, desk):
    page = unknown(app, agent)
    assert "Handed out a promo code" in agent.get("/trail/?outcome=unknown").text
    page.press("Settle it", outcome="code", code="FOUND-1", note="REES46 shows it as used")
    assert trail_of(desk) == [("promo_codes.Fetch", "done"), ("trail.Settle", "done")]
    act = agent.get("/trail/?outcome=settled").follow("Handed out a promo code")
    assert "Settled by Support: REES46 shows it as used" in act.text


@pytest.mark.parametrize(("verdict", "heading"), [("done", "Code handed out"), ("failed", "No code was taken")])
def test_a_hand_out_that_is_settled_in_the_trail_is_settled_on_its_page(app, agent, desk, verdict, heading):
    page = unknown(app, agent)
    agent.get("/trail/?outcome=unknown").follow("Handed out a promo code").press(
        "Settle it", outcome=verdict, note="I looked"
    )
    again = agent.get(page.path)
    assert again.h1 == heading
    assert agent.post(page.path, {"outcome": "none"}).status == 409
    if verdict == "done":
        assert voucher(again.press("Write it down", code="FOUND-2")) == "FOUND-2"
        assert agent.post(f"{page.path}/code", {"code": "OTHER"}).status == 409


def test_what_was_refused_and_what_nobody_knows_keeps_its_request_and_its_act(app, agent):
    page = unknown(app, agent)
    assert "promo_codes/fetch" in page.text
    assert "REES46 did not answer" in page.text
    assert page.follow("Act 1").h1 == "Handed out a promo code"


@pytest.mark.parametrize("who", ["nobody@x.example", "just some words", "+7 999 111-22-33", "K-77777"])
def test_a_code_for_somebody_whom_rees46_does_not_know_wants_a_yes(agent, desk, who):
    before = left(agent)
    page = hand_out(agent, who)
    assert page.status == 422
    assert f"REES46 knows nobody by “{who}”. No code was taken." in page.text
    assert left(agent) == before
    assert ledger(desk) == []
    assert voucher(page.press("Hand out the code", unknown="y"))
    assert left(agent) == before - 1
    assert ledger(desk)[0].customer_id


def test_the_ledger_is_searched_by_code_customer_reason_and_colleague_and_no_url_says_for_what(agent):
    code = voucher(hand_out(agent, ANNA, reason="Ticket 4711"))
    hand_out(agent, reason="Пришёл с жалобой", list_id="3188")
    for what in (code, code.lower(), ANNA, "ticket 47"):
        page = agent.get("/promo_codes/handed-out").press("Search", within="main", what=what)
        assert len(page.rows()) == 1, what
        assert code in page.text
        assert what not in page.answer.request.url
    for what, many in (("Support", 2), ("жалобой", 1), ("nothing like this", 0), ("", 2)):
        page = agent.get("/promo_codes/handed-out").press("Search", within="main", what=what)
        assert len(page.rows()) == many, what
    assert agent.get("/promo_codes/handed-out?q=nonsense").status == 404


def test_the_ledger_says_where_an_uploaded_code_came_from(marketer):
    page = marketer.get("/promo_codes/upload").press("Check the codes", list="3184", codes="RUN-9TVCV484\nRUN-8TVCV483")
    page.press("Upload the codes")
    found = marketer.get("/promo_codes/handed-out").press("Search", within="main", what="run-9tvcv484")
    assert "This code was uploaded from here" in found.text
    assert "Abandoned cart trigger discount codes" in found.text
