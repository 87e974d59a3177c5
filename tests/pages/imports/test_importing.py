"""Imports: a file is read, checked and shown, and only then sent; what REES46 took is told from what arrived."""

import pytest
from sqlalchemy import select

from app.pages.imports import work
from app.store import acts, imports, works
from app.store.acts import Act
from app.store.base import now
from app.store.imports import Batch, Part
from app.store.works import Work
from app.work.worker import Worker as DeskWorker
from tests.adapters import Answering, Dead, Silent, trouble
from tests.page import upload
from tests.pages.imports.conftest import ANNA, FILE, UMA, figures


class TestBringing:
    @pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
    def test_columns_are_guessed_from_their_names_in_either_language(self, marketer, encoding):
        content = "почта;телефон;имя;фамилия;пол\na@example.com;;Анна;Ли;ж\n".encode(encoding)
        page = marketer.get("/imports/new").press("Read it", file=upload(content))
        chosen = [select.find("option", selected=True).get_text() for select in page.dom.select("[name^=column]")]
        assert chosen == ["E-mail", "Phone", "First name", "Last name", "Gender"]

    def test_a_pasted_list_of_addresses_needs_no_header(self, marketer):
        page = marketer.get("/imports/new").press("Read it", text="a@example.com\nb@example.com")
        assert page.row("Column A")[1] == "a@example.com · b@example.com"

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "nothing in it"),
            (b"\xd0\xcf\x11\xe0", "damaged"),
            (b"PK\x03\x04x", "damaged"),
            (b"\0\xff", "no text"),
        ],
    )
    def test_what_is_no_table_is_refused_and_nothing_kept(self, marketer, batch, content, words):
        page = marketer.get("/imports/new").press("Read it", file=upload(content))
        assert page.status == 422
        assert words in page.text
        assert batch() is None

    def test_nothing_brought_is_said(self, marketer):
        assert "Choose a file" in marketer.get("/imports/new").press("Read it").text

    def test_more_than_12_megabytes_are_turned_away_at_the_door(self, marketer):
        assert marketer.post("/imports/new", {"text": "x" * (13 * 1024 * 1024)}).status == 413

    def test_a_segment_that_follows_a_rule_is_no_target(self, marketer, agent):
        agent.get("/segments/find").press("Show segments", who="vera.sokolova@example.com")
        page = marketer.get("/imports/new?segment=314").press("Read it", text="a@example.com")
        assert "follows a rule" in page.text

    @pytest.mark.parametrize(
        ("columns", "words"),
        [
            ({"column_0": ""}, "Choose the column that says who it is"),
            ({"column_1": "email"}, "Two columns cannot both be “E-mail”."),
            ({"column_0": "shop_secret", "column_1": ""}, "Choose the column that says who it is"),
        ],
    )
    def test_columns_that_make_no_sense_are_refused(self, bring, columns, words):
        page = bring("email,other\na@example.com,x\n", **columns)
        assert page.status == 422
        assert words in page.text

    @pytest.mark.parametrize("role", ["viewer", "support"])
    def test_only_marketers_bring_files(self, someone, role):
        visitor = someone(role)
        assert visitor.get("/imports/new").status == 403
        assert visitor.post("/imports/new", {"text": "a@example.com"}).status == 403
        assert "Import customers" not in visitor.get("/imports/").text


class TestChecking:
    def test_each_row_left_out_has_its_number_and_its_reason(self, bring):
        page = bring()
        assert page.row("no address")[:2] == ["4", "e-mail: This is not an e-mail address."]
        assert page.row("Nameless")[1] == "No e-mail, phone or ID: REES46 would not know whom it is about."
        assert page.row("Twin")[1] == "The same customer stands in row 3 already."

    def test_it_counts_before_anything_is_sent(self, bring, desk):
        page = bring()
        assert figures(page) == {"Rows in the file": "6", "To be sent": "3", "Rows left out": "3", "Known before": "2"}
        assert "2 customers are updated, 1 is added." in page.text
        assert "All of them are put into segment 313." in page.text
        with desk.reading() as db:
            assert [act.what for act in db.scalars(acts.wanted())] == []

    def test_the_first_customers_are_shown_as_they_were_read(self, bring):
        page = bring(column_4="custom")
        assert page.row("new@example.com") == ["3", "new@example.com", "+79991112233", "Новый", "yes", "–"]

    def test_rows_left_out_are_given_back_in_their_own_columns(self, bring, marketer):
        page = bring(FILE + "=cmd|' /C calc'!A0;;x;;\n")
        lines = marketer.get(page.link("Download these rows")).html.removeprefix("\ufeff").splitlines()
        assert lines[0] == "e-mail,phone,name,newsletter,colour,Row,Problem"
        assert lines[1] == "no address,,Nobody,,,4,e-mail: This is not an e-mail address."
        assert lines[-1].startswith("'=cmd")

    def test_identifiers_of_two_people_in_one_row_are_not_sent(self, bring):
        page = bring(f"email,phone\n{ANNA},+79990000001\n")
        assert page.row(ANNA)[1] == "Its identifiers belong to two different customers of REES46."
        assert "There is nothing to send" in page.text

    def test_somebody_is_known_by_another_address_of_theirs_too(self, bring):
        page = bring(f"email\nanna.k@example.org\nx@example.com\n{UMA}\n")
        assert figures(page)["Known before"] == "2"

    @pytest.mark.parametrize(
        ("header", "cell", "words"),
        [
            ("birthday", "31.31.1990", "This is not a date"),
            ("gender", "x", "This is neither m nor f."),
            ("bonuses", "1e9", "This is not a number."),
            ("age", "200", "This is not an age."),
            ("sms", "maybe", "This is neither yes nor no."),
            ("city", "x" * 256, "longer than 255"),
            ("phone", "12", "This is not a phone number."),
        ],
    )
    def test_every_kind_of_cell_is_looked_at(self, bring, header, cell, words):
        assert words in bring(f"email,{header}\na@example.com,{cell}\n").text

    def test_a_silent_rees46_stops_the_check_and_it_goes_on_later(self, app, bring):
        trouble(app, Answering(503), only="/crm/search")
        page = bring()
        assert "It waits, and tries again by itself" in page.text
        assert "REES46 is not available now" in page.text
        trouble(app, app.extensions["rees46_session"].get_adapter("http://rees46-in-a-box").behind)
        assert "To be confirmed" in steps(page).text


class TestOptOuts:
    def test_who_unsubscribed_stays_unsubscribed(self, bring, agent, worked_off):
        page = bring()
        assert "1 customer has unsubscribed, and the file says yes. They stay unsubscribed." in page.text
        page.press("Import 3 customers")
        worked_off()
        uma = agent.get("/subscriptions/").press("Show subscriptions", who=UMA)
        assert "Nothing may be sent: every kind is off." in uma.text
        assert "blue" not in uma.text

    def test_a_tick_alone_does_not_lift_it(self, bring, batch):
        page = bring().press("Import 3 customers", lifts="y")
        assert "Say where their new consent comes from." in page.text
        assert batch().state == "checked"

    def test_a_tick_with_a_reason_does_and_both_are_in_the_trail(self, bring, agent, worked_off, desk):
        bring().press("Import 3 customers", lifts="y", reason="Signed forms of 20 November")
        worked_off()
        assert "May be sent: bulk." in agent.get("/subscriptions/").press("Show subscriptions", who=UMA).text
        with desk.reading() as db:
            run = db.scalars(acts.wanted(what="imports.Run")).one()
        assert (run.reason, run.asked["opt_outs_lifted"]) == ("Signed forms of 20 November", True)

    def test_who_unsubscribes_between_check_and_import_is_not_overruled(self, bring, agent, worked_off):
        page = bring(f"email,newsletter\n{ANNA},yes\n")
        assert "unsubscribed" not in page.text
        form = agent.get("/subscriptions/report").press("Look first", email=ANNA)
        form.press("Report it to REES46", event="unsubscribed", reason="x", typed=ANNA)
        page.press("Import 1 customer")
        worked_off()
        anna = agent.get("/subscriptions/").press("Show subscriptions", who=ANNA)
        assert "Nothing may be sent" in anna.text


class TestRunning:
    def test_accepted_is_not_done_and_a_sample_tells_when_it_is(self, bring, worked_off):
        page = bring().press("Import 3 customers")
        assert "REES46 accepted 3 customers" in page.text
        assert "not visible yet" in page.panel("sample").text
        worked_off()
        assert "not visible yet" not in page.panel("sample").text
        assert figures(page.press("Count what arrived"))["Known now"] == "3"

    def test_the_customers_are_there_as_the_file_says(self, bring, agent, worked_off):
        bring(column_4="custom").press("Import 3 customers")
        worked_off()
        page = agent.get("/segments/find").press("Show segments", who="new@example.com")
        assert "Segment 313" in page.text

    def test_the_trail_keeps_which_rows_but_not_the_people(self, bring, desk, batch):
        bring().press("Import 3 customers")
        with desk.reading() as db:
            sent = db.scalars(acts.wanted(what="imports.Audience")).one()
        assert sent.asked == {"import": batch().key, "rows": "2–6", "customers": 3, "segment_id": "313"}

    def test_a_large_file_goes_in_parts_that_any_click_can_go_on_with(self, bring, monkeypatch, batch, desk):
        monkeypatch.setattr(imports, "PART", 10)
        monkeypatch.setattr(work, "SECONDS", 0.0)
        page = bring("email\n" + "".join(f"p{n}@example.com\n" for n in range(35)))
        assert batch().parts == 4
        page = steps(page)
        page = steps(page.press("Import 35 customers"))
        assert figures(page)["Sent"] == "35"
        with desk.reading() as db:
            assert len(db.scalars(acts.wanted(what="imports.Audience")).all()) == 4

    def test_twins_are_found_across_parts(self, bring, monkeypatch):
        monkeypatch.setattr(imports, "PART", 2)
        page = bring("email\na@example.com\nb@example.com\nc@example.com\nA@example.com\n")
        assert page.row("A@example.com")[1] == "The same customer stands in row 2 already."

    def test_a_worker_checks_and_sends_while_nobody_looks(self, bring, monkeypatch, app, batch):
        monkeypatch.setattr(imports, "PART", 1)
        monkeypatch.setattr(work, "SECONDS", 0.0)
        page = bring("email\na@example.com\nb@example.com\nc@example.com\n")
        assert "0 of 3" in page.text
        worker = DeskWorker(app)
        while worker.step():
            pass
        page = page.visitor.get(page.path)
        page = page.press("Import 3 customers")
        while worker.step():
            pass
        assert batch().state == "accepted"
        assert figures(page.visitor.get(page.path))["Sent"] == "3"

    def test_a_double_click_runs_it_once(self, bring, desk):
        page = bring()
        page.press("Import 3 customers")
        again = page.press("Import 3 customers")
        assert "nothing was started a second time" in again.messages
        with desk.reading() as db:
            assert len(db.scalars(acts.wanted(what="imports.Audience")).all()) == 1

    def test_two_windows_do_not_work_at_once(self, bring, monkeypatch, desk, batch):
        monkeypatch.setattr(work, "SECONDS", 0.0)
        monkeypatch.setattr(imports, "PART", 2)
        page = bring()
        with desk.writing() as db:
            assert works.claim(db, "another worker")
        worked = batch().worked
        assert "Being checked" in page.press("Continue", within="#work").text
        assert batch().worked == worked
        with desk.writing() as db:
            db.scalars(select(Work)).one().until = now()  # the other's lease is over
        assert "To be confirmed" in steps(page).text

    def test_a_crash_while_a_part_was_sent_costs_no_customer(self, bring, desk, batch):
        page = bring()
        with desk.writing() as db:  # as a killed process leaves it
            db.get_one(Batch, batch().id).state = "running"
            works.add(db, Work(shop_id=1, person_id=1, person="Admin", kind="imports.send", subject=batch().key))
            db.add(Act(id=77, shop_id=1, person="Marketer", what="imports.Audience", until=now()))
            db.flush()
            db.scalars(select(Part)).one().act_id = 77
        assert "Unknown" in page.visitor.get(page.path).follow("Act 77").text
        assert figures(steps(page.visitor.get(page.path)))["Sent"] == "3"

    @pytest.mark.parametrize("kind", [Silent, Dead])
    def test_when_rees46_is_silent_it_stands_still_and_goes_on_when_asked(self, app, bring, kind):
        page = bring()
        troubled = trouble(app, kind(), only="/import/audience")
        page = page.press("Import 3 customers")
        assert "It waits, and tries again by itself" in page.text
        assert "REES46 did not answer." in page.text
        trouble(app, troubled.behind)
        assert figures(steps(page))["Sent"] == "3"

    def test_a_refusal_is_shown_in_rees46s_words(self, app, bring):
        page = bring()
        trouble(app, Answering(400, b'{"status":"error","payload":{"message":"Not today"}}'), only="/import/audience")
        assert "Not today" in page.press("Import 3 customers").text

    def test_it_can_be_stopped(self, bring):
        page = bring().press("Stop it")
        assert "Nothing was sent." in page.text
        assert "Import 3 customers" not in page.text

    def test_what_was_stopped_before_anybody_let_it_run_is_confirmed_first(self, bring, desk):
        page = bring().press("Stop it").press("Go on with it")
        assert "To be confirmed" in page.text
        with desk.reading() as db:
            assert db.scalars(acts.wanted(what="imports.Audience")).all() == []
        assert figures(steps(page.press("Import 3 customers")))["Sent"] == "3"

    def test_what_was_stopped_in_the_middle_goes_on_or_gives_the_rest(self, bring, monkeypatch, app, desk):
        monkeypatch.setattr(imports, "PART", 2)
        page = steps(bring("email\n" + "".join(f"p{n}@example.com\n" for n in range(6))))
        monkeypatch.setattr(work, "SECONDS", 0.0)
        page = page.press("Import 6 customers")
        assert DeskWorker(app).step(seconds=0.0)
        with desk.writing() as db:  # as a worker leaves it after the first part
            part = db.scalars(select(Part)).first()
            act = Act(shop_id=1, person="Marketer", what="imports.Audience")
            db.add(act)
            db.flush()
            part.state, part.act_id = "accepted", act.id
        page = page.press("Stop it")
        rest = page.visitor.client.get(page.link("Download what was not sent")).get_data(as_text=True)
        assert [line for line in rest.splitlines() if "@" in line] == [f"p{n}@example.com" for n in range(2, 6)]
        page = steps(page.press("Go on with it"))
        assert "Accepted" in page.text
        with desk.reading() as db:
            assert [part.state for part in db.scalars(select(Part))] == ["accepted"] * 3

    @pytest.mark.parametrize("role", ["viewer", "support"])
    def test_others_cannot_run_it(self, someone, role, bring, batch):
        path = bring().path
        visitor = someone(role)
        assert visitor.post(f"{path}/run", {}).status == 403
        assert batch().state == "checked"
        assert visitor.get(path).status == (403 if role == "viewer" else 200)


class TestSuppressing:
    def test_a_pasted_list_is_suppressed_after_a_look(self, bring, marketer, agent, worked_off):
        page = marketer.get("/imports/new?kind=suppressed").press(
            "Read it", text=f"{ANNA}\nnobody@example.com\nnonsense"
        )
        assert "2 addresses are suppressed: no e-mail ever again." in page.text
        assert "1 of them gets e-mail today and is unsubscribed." in page.text
        page = page.press("Suppress 2 addresses")
        worked_off()
        assert page.panel("sample").text.count("suppressed") >= 2
        assert "Suppressed" in agent.get("/subscriptions/").press("Show subscriptions", who=ANNA).text

    def test_of_a_file_only_the_column_with_addresses_is_taken(self, bring):
        page = bring(f"name;email\nAnna;{ANNA}\n", query="?kind=suppressed")
        assert "1 address is suppressed" in page.text
        assert "First name" not in page.text


class TestHistory:
    def test_it_lists_what_was_brought_and_what_became_of_it(self, bring, marketer):
        assert "No import yet" in marketer.get("/imports/").text
        bring().press("Import 3 customers")
        row = marketer.get("/imports/").row("segment 313")
        assert row[:6] == ["Customers into segment 313", "Accepted", "6", "3", "3", "people.csv"]

    def test_a_segment_shows_what_was_imported_into_it(self, bring, marketer):
        bring()
        assert "people.csv" in marketer.get("/segments/313").panel("imports").text

    def test_after_a_month_the_rows_are_let_go_and_the_figures_stay(self, bring, desk, batch, marketer):
        page = bring().press("Import 3 customers")
        with desk.writing() as db:
            db.get_one(Batch, batch().id).at = now() - imports.KEPT_FOR * 2
            imports.forget_old(db, now() - imports.KEPT_FOR)
            assert db.scalars(select(Part)).all() == []
        page = marketer.get(page.path)
        assert figures(page)["Sent"] == "3"
        assert "The rows were let go after 30 days." in page.text
        assert "no address" not in page.text


def steps(page):
    """Press Continue until the work of a state is done."""
    for _ in range(50):
        if not page.dom.find(id="work"):
            return page
        page = page.press("Continue", within="#work")
    raise AssertionError(f"it never ends: {page.text}")
