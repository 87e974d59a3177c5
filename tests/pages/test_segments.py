"""Segments: names for bare numbers, and who is in them."""

import pytest

from app.store import acts
from app.store.acts import Act
from tests.adapters import Answering, Dead, Silent, trouble

ELLA, ANNA, CARL = "ella.email@example.com", "anna.kowalska@example.com", "CARD-ONLY-1"


@pytest.fixture
def of(agent):
    """The segments of somebody, as a page: `of("ella.email@example.com")`."""
    return lambda who: agent.get("/segments/find").press("Show segments", who=who)


@pytest.fixture
def last_act(desk):
    def last():
        with desk.reading() as db:
            return db.scalars(acts.wanted().order_by(Act.id.desc())).first()

    return last


def key_of(page):
    return page.path.split("/")[3] if page.path.startswith("/segments/of") else page.path.rsplit("/", 1)[-1]


def switch_to_the_second_shop(visitor):
    buttons = visitor.get("/").dom.select("button[name=shop]")
    visitor.post(
        "/shops/switch", {"shop": next(button["value"] for button in buttons if "Second" in button.get_text())}
    )


def name_it(marketer, number="313", name="Loyal riders", purpose="Autumn check"):
    form = marketer.get(f"/segments/name?segment={number}")
    return form.press("Keep the name", name=name, purpose=purpose, owner="CRM team")


class TestNames:
    def test_a_segment_gets_a_name_a_purpose_and_an_owner(self, marketer):
        page = name_it(marketer)
        assert page.h1 == "Loyal riders"
        assert "is kept as the name of segment 313" in page.messages
        row = marketer.get("/segments/").row("Loyal riders")
        assert row == ["Loyal riders", "313", "not known yet", "Autumn check", "CRM team"]

    def test_naming_is_written_into_the_trail_with_what_was_there_before(self, marketer, last_act):
        name_it(marketer, name="Old name")
        name_it(marketer)
        act = last_act()
        assert (act.what, act.outcome, act.asked) == ("segments.Name", "done", {"segment_id": "313"})
        assert (act.before["name"], act.after["name"]) == ("Old name", "Loyal riders")

    def test_segments_met_at_a_customer_are_listed_with_their_kind(self, agent, of):
        of("vera.sokolova@example.com")
        page = agent.get("/segments/")
        assert page.row("Segment 313")[2] == "Kept by hand"
        assert "Follows a rule" in page.text

    def test_the_list_is_narrowed_by_words_in_any_language_and_says_when_nothing_is_left(self, marketer):
        name_it(marketer, name="Велосипедисты")
        assert len(marketer.get("/segments/?q=ВЕЛО").rows()) == 1
        assert "Nothing matches these filters" in marketer.get("/segments/?q=surfers").text
        assert "Nothing matches" not in marketer.get("/segments/").text

    def test_an_empty_list_says_how_it_fills(self, agent):
        assert "No segment has been met yet" in agent.get("/segments/").text

    def test_html_in_a_name_is_shown_as_it_was_typed(self, marketer):
        page = name_it(marketer, name="<b>VIP</b>")
        assert page.h1 == "<b>VIP</b>"

    @pytest.mark.parametrize("name", ["", "x" * 121])
    def test_a_name_is_needed_and_has_an_end(self, marketer, name):
        page = name_it(marketer, name=name)
        assert page.status == 422
        assert page.errors
        assert "No segment has been met" in marketer.get("/segments/").text

    def test_only_those_who_may_are_offered_to_name(self, viewer, agent, marketer):
        assert "Name a segment" in marketer.get("/segments/").text
        for visitor in (viewer, agent):
            assert "Name a segment" not in visitor.get("/segments/").text
            assert visitor.get("/segments/name").status == 403

    def test_names_stay_in_their_shop(self, admin, marketer):
        name_it(marketer)
        switch_to_the_second_shop(admin)
        assert "Loyal riders" not in admin.get("/segments/").text


class TestAddingWithALookFirst:
    def look(self, visitor, who=ELLA, segment="313", act="add"):
        return visitor.get(f"/segments/{act}").press("Look first", who=who, segment_id=segment)

    def test_it_shows_whom_and_which_segment_before_anything_happens(self, agent, marketer, of):
        name_it(marketer)
        page = self.look(agent)
        assert (page.h1, page.status) == ("Is this right?", 200)
        assert "Ella Email" in page.text
        assert "Loyal riders" in page.text
        assert "In no segment" in of(ELLA).text

    def test_then_it_adds_and_shows_the_segments_as_they_are_now(self, agent, last_act):
        page = self.look(agent).press("Add Ella Email to segment 313")
        assert page.messages.startswith("Ella Email is now in segment 313.")
        assert "Segment 313" in page.text
        assert "curl -X POST" in page.text
        act = last_act()
        assert (act.what, act.outcome, act.asked["segment_id"]) == ("segments.Add", "done", "313")

    def test_a_name_does_for_the_number(self, agent, marketer):
        name_it(marketer)
        assert "Loyal riders" in self.look(agent, segment="loyal RIDERS").text

    def test_a_form_that_comes_back_shows_the_name_that_was_typed_and_not_its_number(self, agent, marketer):
        name_it(marketer)
        page = self.look(agent, who="nobody@example.com", segment="loyal RIDERS")
        assert page.status == 422
        assert page.tree.cssselect("input[name=segment_id]")[0].get("value") == "loyal RIDERS"

    def test_a_name_that_two_segments_have_is_not_guessed_at(self, agent, marketer):
        name_it(marketer, "313")
        name_it(marketer, "123")
        assert "Several segments have this name" in self.look(agent, segment="Loyal riders").text

    def test_whom_rees46_does_not_know_is_not_added(self, agent):
        page = self.look(agent, who="nobody@example.com")
        assert page.status == 422
        assert "REES46 knows no such customer." in page.text

    def test_two_identifiers_of_two_people_lead_to_a_choice(self, agent):
        page = self.look(agent, who=f"{ELLA} +79990000001")
        assert "This leads to several people" in page.text
        assert "Пётр Волков" in page.text
        assert page.follow("Take this one").h1 == "Is this right?"

    def test_somebody_who_is_in_it_already_need_not_be_added(self, agent):
        page = self.look(agent, who=ANNA)
        assert "already" in page.text
        assert "Add Anna" not in page.text

    def test_a_segment_that_follows_a_rule_takes_nobody_by_hand(self, agent, of):
        key = key_of(of("vera.sokolova@example.com"))
        page = agent.get(f"/segments/add/314/{key}")
        assert "This segment follows a rule" in page.text
        assert agent.post(f"/segments/add/314/{key}", {"segment_id": "314"}).status == 422

    def test_removing_works_the_same_way(self, agent):
        page = self.look(agent, who=ANNA, act="remove").press("Remove Anna Kowalska from segment 313")
        assert "Anna Kowalska is no longer in segment 313." in page.messages
        assert "Segment 313" not in page.rows("ul")

    def test_a_preview_is_a_link_without_personal_data(self, agent):
        page = self.look(agent)
        assert "ella" not in page.path.lower()
        assert agent.get(page.path).status == 200

    def test_a_customer_of_another_shop_is_not_touched(self, admin):
        page = self.look(admin)
        switch_to_the_second_shop(admin)
        assert admin.post(page.path, {"segment_id": "313"}).status == 404


class TestThePanelOfAProfile:
    def test_somebody_is_added_and_removed_in_place(self, agent, of):
        key = key_of(of(ELLA))
        panel = agent.htmx(f"/segments/of/{key}/add", {"segment_id": "313"}, target="div#segments-body")
        assert "Segment 313" in panel.text
        assert "<html" not in panel.html
        assert "Added to segment 313." in panel.answer.headers["HX-Trigger"]
        panel = agent.htmx(f"/segments/of/{key}/remove", {"segment_id": "313"}, target="div#segments-body")
        assert "In no segment" in panel.text

    def test_without_script_it_is_a_page_that_says_what_was_done(self, of):
        page = of(ELLA).press("Add to segment", segment_id="313")
        assert page.messages.startswith("Added to segment 313.")
        assert page.press("Remove from 313").messages.startswith("Removed from segment 313.")

    def test_who_has_neither_email_nor_phone_cannot_be_asked_about(self, of):
        page = of(CARL)
        assert page.status == 422
        assert "neither e-mail nor phone" in page.text

    def test_a_viewer_sees_the_segments_but_no_buttons(self, viewer, of):
        page = viewer.get(f"/segments/of/{key_of(of(ANNA))}")
        assert "Segment 313" in page.text
        assert "Add to segment" not in page.text
        assert "Remove" not in page.text

    @pytest.mark.parametrize("role", ["support", "marketer", "admin"])
    def test_all_others_may_change_them(self, someone, role, of):
        key = key_of(of(ELLA))
        assert "Segment 313" in someone(role).post(f"/segments/of/{key}/add", {"segment_id": "313"}).text

    def test_a_viewer_can_change_nothing(self, viewer, of):
        key = key_of(of(ELLA))
        for path in (f"/segments/of/{key}/add", f"/segments/of/{key}/remove", f"/segments/add/313/{key}"):
            assert viewer.post(path, {"segment_id": "313"}).status == 403

    @pytest.mark.parametrize("number", ["", " ", "no such name", "x" * 300, "31\x003", "\ud800", "9" * 1_000_000])
    def test_nonsense_for_a_segment_changes_nothing(self, agent, of, number):
        key = key_of(of(ELLA))
        page = agent.post(f"/segments/of/{key}/add", {"segment_id": number.encode("utf-8", "surrogatepass")})
        assert 400 <= page.status < 500
        assert "In no segment" in of(ELLA).text

    def test_an_unknown_number_is_refused_in_rees46s_own_words(self, of):
        page = of(ELLA).press("Add to segment", segment_id="999")
        assert page.status == 422
        assert page.errors == ["Segment not found"]


class TestInTrouble:
    def test_a_silent_rees46_is_told_from_a_refusal(self, app, agent, of):
        key = key_of(of(ELLA))
        trouble(app, Silent(), only="/segments/add")
        page = agent.post(f"/segments/of/{key}/add", {"segment_id": "313"})
        assert page.status == 502
        assert "We do not know whether it was changed." in page.text

    def test_what_was_never_sent_changed_nothing(self, app, agent, of):
        key = key_of(of(ELLA))
        trouble(app, Dead(), only="/segments/add")
        page = agent.post(f"/segments/of/{key}/add", {"segment_id": "313"})
        assert "Nothing was changed." in page.text

    @pytest.mark.parametrize(("status", "body"), [(200, b"<html>"), (503, b"{}"), (200, b'[{"id": []}]')])
    def test_the_panel_fails_alone_and_offers_another_try(self, app, agent, of, status, body):
        key = key_of(of(ELLA))
        trouble(app, Answering(status, body), only="/segments/get")
        panel = agent.htmx(f"/segments/of/{key}", target="div#segments-body")
        assert panel.status == 502
        assert "<html" not in panel.html
        assert "Try again" in panel.text
