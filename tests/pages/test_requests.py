"""The request log: what went out, what came back, and sending it again."""

import pytest

from app.engine.store.messages import Message
from app.rees46.catalogue import every_operation
from app.store.acts import Act
from app.store.exchanges import Exchange
from app.store.promo_handouts import PromoHandout
from app.store.sends import Send
from app.store.shops import Shop
from app.web.acts.repeat import owner_of
from tests.adapters import Answering, Silent, trouble


def last_call(desk):
    with desk.reading() as db:
        return db.query(Exchange).order_by(Exchange.id.desc()).first()


def test_every_call_is_kept_with_its_curl_and_its_answer(desk, viewer):
    viewer.htmx("/blocks/promo-codes-running-low")
    page = viewer.get("/requests/").follow("promo_codes.Lists")
    assert "$REES46_SECRET" in page.text
    assert '"available"' in page.text
    assert last_call(desk).outcome == "done"


def test_a_read_is_sent_again_with_changes(desk, agent):
    agent.get("/subscriptions/changes")
    page = agent.get("/requests/").follow("subscriptions.Changes")
    page = page.press("Send subscriptions.Changes again", asked='{"event": "complained"}')
    assert "Sent again." in page.messages
    assert last_call(desk).asked == '{"event": "complained"}'


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("{", "not valid JSON"),
        ('{"from": "yesterday"}', "from"),
        ("[]", ""),
        ('{"wrong": 1}', "wrong"),
        ("[" * 9000, ""),
    ],
)
def test_parameters_that_do_not_fit_are_shown_and_nothing_is_sent(desk, agent, asked, said):
    agent.get("/subscriptions/changes")
    before = last_call(desk).id
    page = agent.get(f"/requests/{last_call(desk).key}").press("Send subscriptions.Changes again", asked=asked)
    assert page.status == 422
    assert said in " ".join(page.errors)
    assert last_call(desk).id == before


def test_what_went_wrong_is_kept_as_it_was(app, desk, viewer):
    trouble(app, Answering(500, b"<h1>boom</h1>"))
    viewer.htmx("/blocks/promo-codes-running-low")
    call = last_call(desk)
    assert (call.outcome, call.status, call.answer) == ("unreachable", 500, "<h1>boom</h1>")
    page = viewer.get(f"/requests/{call.key}")
    assert "<h1>boom</h1>" in page.text


def test_the_filters_narrow_the_log(viewer):
    viewer.htmx("/blocks/promo-codes-running-low")
    assert len(viewer.get("/requests/?operation=promo_codes.Lists").rows()) == 1
    assert "Nothing matches these filters" in viewer.get("/requests/?outcome=refused").text
    assert viewer.get("/requests/?day=2000-01-01").status == 200
    assert viewer.get("/requests/?day=nonsense&person=%F0%9F&before=-1").status == 200


def test_a_viewer_sends_nothing_again(desk, viewer):
    viewer.htmx("/blocks/promo-codes-running-low")
    page = viewer.get(f"/requests/{last_call(desk).key}")
    assert "Send it again" not in page.text
    assert viewer.post(page.path, {"asked": "{}"}).status == 403


def test_an_unknown_call_is_not_found(viewer):
    assert viewer.get("/requests/nothing").status == 404


# Who may send what again, and by which rules

SMS = '{"code": "verification", "phone": "+79990000002", "variables": {"code": "1"}}'
FORCE = '{"old_email": "anna@x.example", "new_email": "b@x.example", "i_understand_what_i_am_doing": "yes"}'


@pytest.fixture
def newly_sent(box):
    """Counts the messages that the box has sent since the test began."""

    def count():
        with box.extensions["db"].reading() as db:
            return db.query(Message).count()

    first = count()
    return lambda: count() - first


@pytest.fixture
def logged(desk):
    """Put a call into the log: `logged("messages.Sms", "{…}")` gives its path."""

    def logged(operation, asked="{}", shop_id=1):
        with desk.writing() as db:
            call = Exchange(
                shop_id=shop_id,
                operation=operation,
                method="POST",
                path="/x",
                asked=asked,
                curl="curl",
                status=200,
                outcome="done",
                milliseconds=1,
                answer="{}",
            )
            db.add(call)
        return f"/requests/{call.key}"

    return logged


def acts_of(desk):
    with desk.reading() as db:
        return [act.what for act in db.query(Act)]


ROLES = {
    "messages.Sms": {"support", "marketer", "admin"},
    "messages.Multi": {"support", "marketer", "admin"},
    "messages.Transact": {"support", "marketer", "admin"},
    "links.Create": {"marketer", "admin"},
    "imports.Audience": {"marketer", "admin"},
    "imports.Suppressed": {"marketer", "admin"},
    "promo_codes.Fetch": {"support", "marketer", "admin"},
    "promo_codes.Upload": {"marketer", "admin"},
    "segments.Add": {"support", "marketer", "admin"},
    "segments.Remove": {"support", "marketer", "admin"},
    "subscriptions.Manage": {"support", "marketer", "admin"},
    "subscriptions.Callback": {"support", "marketer", "admin"},
    "communications.Save": {"support", "admin"},
    "communications.Edit": {"support", "admin"},
    "profile.Set": {"support", "admin"},
    "profile.ForceChangeEmail": {"support", "admin"},
    "profile.ForceChangePhone": {"support", "admin"},
    "profile.ForceChangeId": {"support", "admin"},
    "profile.Purge": {"support", "admin"},
    "categories.Import": {"marketer", "admin"},
    "locations.Import": {"marketer", "admin"},
    "products.Put": {"marketer", "admin"},
    "products.Sync": {"marketer", "admin"},
    "products.Remove": {"marketer", "admin"},
}
ACTING = [kind.name() for kind in every_operation() if not kind.http.only_reads]


@pytest.mark.parametrize("role", ["viewer", "support", "marketer", "admin"])
def test_what_changes_something_is_repeated_by_the_role_of_its_page_and_without_one_by_an_admin(
    someone, logged, desk, role
):
    visitor = someone(role)
    for operation in ACTING:
        path = logged(operation)
        answer = visitor.post(path, {"asked": "[]", "sure": "y"})
        may = role in ROLES.get(operation, {"admin"})
        assert answer.status == (422 if may else 403), (operation, role)
        assert "again" in visitor.get(path).text or not may
    assert set(acts_of(desk)) <= {"access.Refused"}


def test_every_operation_that_a_page_sends_is_owned_by_it():
    assert {kind.name() for kind in every_operation() if owner_of(kind)} == set(ROLES)


@pytest.mark.parametrize("operation", ["messages.Sms", "messages.Multi"])
def test_a_message_is_looked_at_again_before_it_goes_and_stands_in_the_history(
    agent, logged, newly_sent, desk, operation
):
    page = agent.get(logged(operation, SMS)).press(f"Send {operation} again", sure="y")
    assert page.h1 == "Look before it goes"
    assert newly_sent() == 0
    with desk.reading() as db:
        assert db.query(Send).one().state == "draft"
    sent = page.press("Send the SMS" if operation == "messages.Sms" else "Send the message")
    assert agent.get("/messages/").cell("verification", "Outcome") in {"Sent", "Refused"}, sent.text


def test_the_allow_list_of_a_live_shop_holds_for_a_repeated_message_too(agent, logged, newly_sent, desk):
    with desk.writing() as db:
        db.get_one(Shop, 1).kind = "live"
    page = agent.get(logged("messages.Sms", SMS)).press("Send messages.Sms again", sure="y")
    assert page.press("Send the SMS").status == 422
    assert newly_sent() == 0


@pytest.mark.parametrize("phone", ["12345", "7999000000299999"])
def test_a_mistyped_phone_is_not_sent_to_without_a_word(agent, logged, newly_sent, phone):
    page = agent.get(logged("messages.Sms", SMS)).press(
        "Send messages.Sms again", sure="y", asked=SMS.replace("+79990000002", phone)
    )
    assert "This is no phone number" in page.text
    assert phone in page.text
    asked = page.press("Send the SMS")
    assert asked.status == 422
    assert newly_sent() == 0
    assert asked.press("Send the SMS", odd="y").status == 200


def test_a_code_that_is_handed_out_again_stands_in_the_ledger(agent, logged, desk):
    page = agent.get(logged("promo_codes.Fetch", '{"id": "3184"}'))
    page.press("Send promo_codes.Fetch again", sure="y", reason="Ticket 5")
    with desk.reading() as db:
        handout = db.query(PromoHandout).one()
        assert (handout.outcome, handout.reason, bool(handout.code)) == ("done", "Ticket 5", True)


def test_a_repeat_whose_answer_was_lost_is_not_sent_again_by_the_same_click(app, agent, logged, desk):
    page = agent.get(logged("promo_codes.Fetch", '{"id": "3184"}'))
    silent = trouble(app, Silent(), only="promo_codes")
    page.press("Send promo_codes.Fetch again", sure="y")
    trouble(app, silent.behind)
    again = page.press("Send promo_codes.Fetch again", sure="y")
    assert again.h1 == "Handed out a promo code"
    assert acts_of(desk) == ["promo_codes.Fetch"]


def test_an_own_code_that_lives_is_asked_for_before_it_is_replaced(marketer, logged):
    asked = '{"links": [{"url": "https://shop.example/%s", "lifetime": 30, "code": "sale"}]}'
    first = marketer.get(logged("links.Create", asked % "a")).press("Send links.Create again", sure="y")
    assert "1 short link" in first.h1
    second = marketer.get(logged("links.Create", asked % "b")).press("Send links.Create again", sure="y")
    assert second.h1 != "1 short link"
    assert "Nothing has been created yet" in second.text


@pytest.mark.parametrize(
    ("operation", "asked", "heading"),
    [
        ("subscriptions.Manage", '{"email": "anna.kowalska@example.com", "sms_bulk": true}', "subscriptions"),
        ("profile.Set", '{"email": "anna.kowalska@example.com", "first_name": "Ann"}', "edit"),
        ("profile.ForceChangeEmail", FORCE, "email"),
        ("imports.Suppressed", '{"audience": [{"email": "a@x.example"}]}', "imports/new"),
    ],
)
def test_what_its_page_asks_about_is_not_sent_from_the_log(admin, logged, desk, operation, asked, heading):
    page = admin.get(logged(operation, asked)).press(f"Send {operation} again", sure="y")
    assert "which asks first" in page.messages
    assert heading in page.path
    assert acts_of(desk) == []
