"""Subscriptions of one customer: what they agreed to, whether they can be reached and why not, and changing it."""

import pytest

from app.store import acts
from app.store.acts import Act
from tests.adapters import Answering, Silent, trouble
from tests.page import filled

VERA, UMA, CLARA, ELLA = (
    f"{name}@example.com" for name in ("vera.sokolova", "uma.unsubscribed", "clara.complained", "ella.email")
)
PYOTR = "8 (999) 000-00-01"


@pytest.fixture
def of(agent):
    return lambda who: agent.get("/subscriptions/").press("Show subscriptions", who=who)


@pytest.fixture
def last_act(desk):
    def last():
        with desk.reading() as db:
            return db.scalars(acts.wanted().order_by(Act.id.desc())).first()

    return last


def change(page, reason=None, **flags):
    """Choose, look what changes, and do it."""
    return page.follow("Change them").press("Look what changes", reason=reason, **flags)


class TestReach:
    def test_each_off_says_where_it_came_from(self, of):
        page = of(UMA)
        kind, state, why = page.row("Bulk")
        assert (kind, state) == ("Bulk", "Off")
        assert why.startswith("Unsubscribed · ")

    def test_a_channel_without_a_contact_is_not_reachable(self, of):
        page = of(PYOTR)
        assert "E-mail not reachable No e-mail address." in page.text
        assert "SMS reachable Every kind may be sent." in page.text

    def test_a_suppressed_address_says_that_nothing_is_sent(self, of):
        assert "Suppressed: after a complaint, or by an import; nothing is sent." in of(CLARA).text

    def test_somebody_unknown_is_not_made_up(self, of):
        page = of("nobody@example.com")
        assert page.status == 422
        assert "REES46 knows no such customer." in page.text

    def test_the_panel_is_a_part_of_the_profile_and_offers_the_change(self, agent, of):
        panel = agent.htmx(of(VERA).path, target="div#subscriptions-body")
        assert "<html" not in panel.html
        assert "May be sent: transactional." in panel.text
        assert panel.link("Change them").endswith("/change")

    def test_a_viewer_sees_it_but_may_not_change_it(self, viewer, of):
        path = of(VERA).path
        page = viewer.get(path)
        assert "Can we reach them?" in page.text
        assert "Change them" not in [link.get_text() for link in page.dom.select("main a")]
        assert viewer.get(f"{path}/change").status == 403
        assert viewer.post(f"{path}/change", {"sms_bulk": "true"}).status == 403

    def test_without_the_log_the_states_still_stand(self, app, agent, of):
        path = of(VERA).path
        trouble(app, Answering(503), only="/subscriptions/changes")
        page = agent.get(path)
        assert page.status == 200
        assert "May be sent: transactional." in page.text
        assert "The log of changes could not be read" in page.text

    @pytest.mark.parametrize("body", [b"{}}", b'{"email_bulk": "perhaps"}'])
    def test_a_garbled_check_fails_in_words(self, app, agent, of, body):
        path = of(VERA).path
        trouble(app, Answering(200, body), only="/subscriptions/check")
        page = agent.get(path)
        assert page.status == 502
        assert "Nothing was changed." in page.text


class TestChange:
    def test_only_what_differs_is_shown_and_sent(self, of, last_act):
        page = change(of(VERA), email_bulk="true", email_chain="false")
        assert page.rows() == [["E-mail: triggered", "on", "off"]]
        page = page.press("Change 1 subscription")
        assert page.messages.startswith("Changed and read back: E-mail: triggered → off.")
        act = last_act()
        assert act.what == "subscriptions.Manage"
        assert "email_bulk" not in act.asked
        assert (act.before, act.after) == ({"email_chain": True}, {"email_chain": False})

    def test_the_preview_shows_the_exact_request(self, of):
        page = change(of(VERA), email_chain="false")
        assert "email_chain=false" in page.text
        assert "$REES46_SECRET" in page.text

    def test_nothing_to_change_is_said(self, of):
        page = change(of(VERA), email_bulk="true")
        assert page.status == 422
        assert "Nothing would change" in page.text

    def test_a_customers_own_no_is_lifted_only_with_a_reason(self, of, last_act):
        page = change(of(UMA), email_bulk="true")
        assert page.status == 422
        assert "Say why it may be turned on again." in page.text
        page = page.press("Look what changes", reason="Asked by phone on 21 November").press("Change 1 subscription")
        assert "E-mail: bulk → on" in page.messages
        assert last_act().reason == "Asked by phone on 21 November"

    def test_a_no_stays_the_persons_own_when_their_number_changes(self, of, agent):
        change(of(VERA), sms_transactional="false").press("Change 1 subscription")
        profile = agent.post("/customers/find", {"who": VERA})
        look = profile.follow("Edit").press("Look it over", phone="+7 999 555-44-33")
        assert look.press("Save 1 change", reason="A new number").h1 == "Вера Соколова"
        asked = change(of(VERA), sms_transactional="true")
        assert "They left this themselves, or we cannot tell: SMS: transactional" in asked.text
        assert asked.status == 422

    def test_who_was_never_asked_is_subscribed_without_one(self, of):
        page = change(of("nora.new@example.com"), email_bulk="true")
        assert page.status == 200
        assert page.press("Change 1 subscription").status == 200

    @pytest.mark.parametrize(
        ("who", "flag", "why"), [(CLARA, "email_bulk", "Suppressed"), (ELLA, "sms_bulk", "No phone number.")]
    )
    def test_an_on_that_has_no_effect_is_neither_offered_nor_taken(self, of, last_act, who, flag, why):
        page = of(who).follow("Change them")
        assert page.dom.select(f"input[name={flag}][value=true]") == []
        assert why in page.dom.select_one("table").text
        forged = filled(page.form("Look what changes")[0]) | {"reason": "They asked", flag: "true"}
        refused = page.visitor.post(page.path, forged)
        assert refused.status == 422
        assert "cannot be turned on" in refused.text
        assert last_act() is None

    def test_when_somebody_changed_it_meanwhile_the_preview_is_shown_anew(self, of):
        mine = change(of(VERA), email_chain="false")
        change(of(VERA), email_bulk="false").press("Change 1 subscription")
        page = mine.press("Change 1 subscription")
        assert "Somebody changed these subscriptions meanwhile" in page.text
        assert "Changed and read back" in page.press("Change 1 subscription").messages

    def test_a_double_click_does_it_once(self, of, desk):
        preview = change(of(VERA), email_chain="false")
        form, _button = preview.form("Change 1 subscription")
        assert "Changed" in preview.press("Change 1 subscription").messages
        again = preview.visitor.post(form.get("action"), filled(form))
        assert again.status in {200, 422}
        with desk.reading() as db:
            done = db.scalars(acts.wanted(what="subscriptions.Manage")).all()
        assert len(done) == 1

    def test_a_silent_rees46_is_an_unknown_outcome_in_the_trail(self, app, of, last_act):
        page = change(of(VERA), email_chain="false")
        trouble(app, Silent(), only="/subscriptions/manage")
        page = page.press("Change 1 subscription")
        assert page.status == 502
        assert "We do not know whether it was changed." in page.text
        assert last_act().outcome == "unknown"

    def test_a_refusal_stands_on_the_form(self, app, of):
        page = change(of(VERA), email_chain="false")
        trouble(app, Answering(400, b'{"status":"error","payload":{"message":"No, thank you"}}'), only="/manage")
        assert "No, thank you" in page.press("Change 1 subscription").errors

    @pytest.mark.parametrize("value", ["perhaps", "TRUE", "1", "\x00", "x" * 1_000_000])
    def test_nonsense_for_a_flag_changes_nothing(self, agent, of, value):
        path = of(VERA).path
        page = agent.post(f"{path}/change", {"email_chain": value})
        assert 400 <= page.status < 500
        assert "Every kind may be sent." in of(VERA).text


class TestReports:
    def report(self, agent, address=ELLA, **more):
        page = agent.get("/subscriptions/report").press("Look first", email=address)
        said = {"event": "unsubscribed", "reason": "They wrote to us", "typed": address} | more
        return page.press("Report it to REES46", **said)

    def test_the_address_is_read_and_its_state_shown_first(self, agent):
        page = agent.get("/subscriptions/report").press("Look first", email=" Ella.Email@Example.com ")
        assert "Every kind may be sent." in page.text
        assert "ella" not in page.path

    @pytest.mark.parametrize(
        ("event", "after"),
        [
            ("unsubscribed", "Nothing may be sent: every kind is off."),
            ("complained", "Suppressed: after a complaint"),
            ("blacklisted", "Blacklisted: a mail provider blocks the address"),
            ("hard_bounced", "Hard bounce: the address does not exist"),
        ],
    )
    def test_each_report_has_its_effect_and_says_so(self, agent, last_act, event, after):
        page = self.report(agent, event=event)
        assert page.messages.startswith("REES46 took it in:")
        assert after in page.text
        act = last_act()
        assert (act.what, act.reason, act.asked["event"]) == ("subscriptions.Callback", "They wrote to us", event)

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"typed": "someone.else@example.com"}, "This is not the address above."),
            ({"typed": ""}, "This is needed."),
            ({"reason": ""}, "This is needed."),
            ({"event": "exploded"}, "Not a valid choice"),
        ],
    )
    def test_it_wants_the_address_typed_and_a_reason(self, agent, of, more, said):
        page = self.report(agent, **more)
        assert page.status == 422
        assert said in page.text
        assert "Every kind may be sent." in of(ELLA).text

    def test_an_address_that_nobody_has_can_be_reported_too(self, agent):
        page = self.report(agent, address="nobody@example.com", event="hard_bounced")
        assert "Hard bounce" in page.text

    @pytest.mark.parametrize("address", ["", "no address", "a@", "x" * 300, "a\x00@b.c"])
    def test_what_is_no_address_is_refused(self, agent, address):
        assert agent.post("/subscriptions/report", {"email": address}).status == 422

    def test_somebody_without_an_address_cannot_be_reported(self, agent, of):
        key = of(PYOTR).path.rsplit("/", 1)[-1]
        assert agent.get(f"/subscriptions/report/{key}").status == 409

    def test_a_double_click_reports_once(self, agent, desk):
        page = agent.get("/subscriptions/report").press("Look first", email=ELLA)
        said = {"event": "complained", "reason": "Twice", "typed": ELLA}
        page.press("Report it to REES46", **said)
        assert "earlier click" in page.press("Report it to REES46", **said).messages
        with desk.reading() as db:
            assert len(db.scalars(acts.wanted(what="subscriptions.Callback")).all()) == 1

    def test_a_viewer_may_not(self, viewer, of):
        key = of(ELLA).path.rsplit("/", 1)[-1]
        assert viewer.get("/subscriptions/report").status == 403
        assert viewer.get(f"/subscriptions/report/{key}").status == 403
        assert viewer.post(f"/subscriptions/report/{key}", {"event": "complained"}).status == 403
