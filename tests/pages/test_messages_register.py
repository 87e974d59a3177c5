"""The register of campaigns, the allow-list of a live shop, and the template bench."""

import pytest
from sqlalchemy import select

from app import liquid
from app.store.acts import Act
from app.store.campaigns import Campaign
from app.store.recipients import Recipient
from app.store.sends import Send
from app.store.shops import Shop

VERA = "+79990000002"


@pytest.fixture
def live(desk):
    """The demo shop, said to be live."""
    with desk.writing() as db:
        for shop in db.scalars(select(Shop)):
            shop.kind = "live"


def reviewed(visitor, phone=VERA):
    page = visitor.get("/messages/new?kind=sms")
    return page.press(
        "Look at what will be sent", code="verification", phone=phone, **{"rows-0-name": "code", "rows-0-value": "1234"}
    )


def states(desk):
    with desk.reading() as db:
        return [send.state for send in db.scalars(select(Send))]


# The allow-list


def test_on_a_test_shop_a_message_may_go_to_anybody(agent, desk):
    reviewed(agent).press("Send the SMS")
    assert states(desk) == ["sent"]


def test_on_a_live_shop_support_sends_only_to_the_list(live, agent, desk):
    page = reviewed(agent)
    assert "not on the allow-list" in page.text
    refused = page.press("Send the SMS")
    assert refused.status == 422
    assert states(desk) == ["draft"]


def test_whoever_is_on_the_list_gets_it_without_further_ado(live, agent, marketer, desk):
    page = marketer.get("/messages/recipients").press("Add to the list", who="8 999 000 00 02", whose="Vera, QA")
    assert page.row("Vera, QA")[1] == "+7 999 000-00-02"
    reviewed(agent).press("Send the SMS")
    assert states(desk) == ["sent"]


def test_a_marketer_goes_past_the_list_by_typing_the_recipient_and_a_reason(live, marketer, desk):
    page = reviewed(marketer)
    assert states(desk) == ["draft"]
    assert page.press("Send the SMS").status == 422
    assert page.press("Send the SMS", confirm="+79990000003", reason="x").status == 422
    assert page.press("Send the SMS", confirm="8 999 000-00-02").status == 422, "a reason is needed as well"
    assert states(desk) == ["draft"]
    page.press("Send the SMS", confirm="8 999 000-00-02", reason="Pilot with Vera")
    assert states(desk) == ["sent"]
    with desk.reading() as db:
        assert db.scalar(select(Act.reason).where(Act.what == "messages.Sms")) == "Pilot with Vera"


def test_every_identifier_of_a_message_has_to_be_on_the_list(live, agent, marketer, desk):
    marketer.get("/messages/recipients").press("Add to the list", who="ella.email@example.com", whose="Ella")
    page = agent.get("/messages/new?kind=multi").press(
        "Look at what will be sent", code="welcome", email="Ella.Email@example.com", phone=VERA
    )
    assert "not on the allow-list" in page.text


def test_support_sees_the_list_and_cannot_change_it(agent, marketer, desk):
    marketer.get("/messages/recipients").press("Add to the list", who="qa@example.com", whose="QA")
    page = agent.get("/messages/recipients")
    assert page.row("QA")
    assert "Add to the list" not in page.text
    with desk.reading() as db:
        number = db.scalar(select(Recipient.id))
    assert agent.post("/messages/recipients", {"who": "a@b.c", "whose": "Me"}).status == 403
    assert agent.post(f"/messages/recipients/{number}/remove").status == 403


def test_a_recipient_is_added_once_and_taken_off(marketer, desk):
    page = marketer.get("/messages/recipients")
    page.press("Add to the list", who="QA@example.com", whose="QA")
    page = page.press("Add to the list", who="qa@EXAMPLE.com", whose="QA again")
    with desk.reading() as db:
        assert len(list(db.scalars(select(Recipient)))) == 1
    page.press("Remove QA")
    with desk.reading() as db:
        assert db.scalar(select(Recipient.id)) is None


@pytest.mark.parametrize("who", ["", "nonsense", "x" * 300, "a\0@b.c"])
def test_what_is_no_address_is_not_put_on_the_list(marketer, desk, who):
    page = marketer.get("/messages/recipients").press("Add to the list", who=who, whose="QA")
    assert page.status == 422
    assert page.errors
    with desk.reading() as db:
        assert db.scalar(select(Recipient.id)) is None


# The register


def added(visitor):
    page = visitor.get("/messages/campaigns/new")
    return page.press("Add the campaign", name="First", code="a", sms="Hi {{ name }}")


def test_the_variables_of_a_saved_copy_are_found_by_themselves(marketer, desk):
    page = marketer.get("/messages/campaigns/new?kind=multi").press(
        "Add the campaign",
        name="Welcome",
        code="welcome",
        variables="first_name, source",
        email_subject="Hi {{ first_name }}",
        email="<p>{{ promo.code }}</p>",
        sms="{% if vip %}{{ promo.code }}{% endif %}",
    )
    assert "Campaign Welcome is in the register." in page.messages
    with desk.reading() as db:
        assert db.scalar(select(Campaign.variables)) == ["first_name", "source", "promo.code", "vip"]


def test_a_broken_copy_is_refused_with_its_line(marketer, desk):
    page = marketer.get("/messages/campaigns/new").press("Add the campaign", name="A", code="a", sms="Hi\n{{ name ")
    assert page.status == 422
    assert any(words.startswith("Line 2:") for words in page.errors)
    with desk.reading() as db:
        assert db.scalar(select(Campaign.id)) is None


def test_a_code_stands_in_the_register_once_for_each_kind(marketer):
    page = marketer.get("/messages/campaigns/new")
    page.press("Add the campaign", name="First", code="a")
    again = page.press("Add the campaign", name="Second", code="a")
    assert again.status == 422
    assert any("as First" in words for words in again.errors)
    other = marketer.get("/messages/campaigns/new?kind=multi").press("Add the campaign", name="Third", code="a")
    assert other.status == 200


def test_a_campaign_is_changed_and_taken_out_of_use(marketer, desk):
    page = marketer.get("/messages/campaigns/new").press("Add the campaign", name="First", code="a")
    page = page.press("Save the campaign", name="Renamed", note="Ask Olga")
    assert "Renamed" in page.messages
    form, _button = page.form("Save the campaign")
    data = {field.get("name"): field.get("value", "") for field in form.xpath(".//input[@name][@name != 'active']")}
    marketer.post(page.path, data)
    assert marketer.get("/messages/campaigns").row("Renamed")[4] == "Not in use"
    assert "Renamed" not in marketer.get("/messages/new").text


def test_a_viewer_reads_a_campaign(viewer, marketer):
    made = marketer.get("/messages/campaigns/new").press(
        "Add the campaign", name="First", code="a", sms="Hi {{ name }}"
    )
    page = viewer.get(made.path)
    assert "Hi {{ name }}" in page.text
    assert "Save the campaign" not in page.text
    assert viewer.post(made.path, {"name": "x"}).status == 403
    assert viewer.get("/messages/campaigns").row("First")
    assert viewer.get("/messages/campaigns/new").status == 403


# The bench


def filled(visitor, template, variables="{}"):
    return visitor.get("/messages/bench").press("Fill it", template=template, variables=variables)


def test_a_pasted_template_is_filled_and_what_is_missing_is_named_by_its_path(agent):
    page = filled(agent, "{{ promo.code }} for {{ user.first_name }}", '{"promo": {"code": "X1"}}')
    assert page.dom.select_one(".bubble").get_text() == "X1 for "
    assert [one.get_text() for one in page.dom.select(".callout .tag")] == ["user.first_name"]
    assert [one.get_text() for one in page.dom.select("#reads section .tag")] == ["promo.code", "user.first_name"]


def test_the_sms_is_counted_and_the_dear_characters_are_marked(agent):
    page = filled(agent, "“Sale” [now]")
    assert "UCS-2" in page.text
    assert [one.get_text() for one in page.dom.select("mark[data-cost=odd]")] == ["“", "”"]
    assert "With those replaced it is GSM-7." in page.text
    assert page.dom.select_one("[data-copy]")["data-copy"] == '"Sale" [now]'


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("Hi\n{{ a", "Line 2:"),
        ("{% for i in (1..10000000) %}x{% endfor %}", "limit"),
        ('{{ "' + "<" * 90_000 + '" | strip_html }}', "longer than 2 seconds"),
    ],
)
def test_a_template_that_is_wrong_or_asks_too_much_says_so(agent, template, words):
    page = filled(agent, template)
    assert page.status == 200
    assert "The template cannot be filled" in page.text
    assert words in page.text


def test_the_bench_shows_what_liquid_prints_for_an_error_and_names_what_it_passes_over(agent):
    page = filled(agent, "{{ 1 | divided_by: 0 }}\n{{ 'a' | shout }}")
    assert page.dom.select_one(".bubble").get_text() == "Liquid error: divided by 0\na"
    assert [one.get_text() for one in page.dom.select("#reads .callout li")] == [
        "Line 2: passed over without a word: There is no filter 'shout'",
        "Line 1: “Liquid error: divided by 0” is printed here",
    ]


def test_the_bench_names_letters_of_another_alphabet(agent):
    page = filled(agent, "Hello Аnna")
    assert "is Cyrillic in “Аnna”" in page.text
    assert page.dom.select_one("[data-copy]")["data-copy"] == "Hello Anna"


@pytest.fixture
def crowded(monkeypatch):
    """Let whoever asks for a preview have too many already."""

    def turn_away(job, seconds, owner):
        assert owner.startswith("person ")
        raise liquid.Busy

    monkeypatch.setattr(liquid._pool, "run", turn_away)


def test_who_fills_too_many_templates_is_told_so_with_429_and_keeps_the_text(agent, crowded):
    page = filled(agent, "Hi {{ name }}")
    assert page.status == 429
    assert page.answer.headers["Retry-After"]
    assert "Too many templates are being filled" in page.text
    assert page.dom.select_one("[name=template]").get_text().strip() == "Hi {{ name }}"


def test_a_campaign_is_not_saved_while_its_copy_cannot_be_tried(marketer, crowded):
    page = marketer.get("/messages/campaigns/new").press("Add the campaign", name="First", code="a", sms="Hi")
    assert page.status == 429
    assert any("Too many templates" in words for words in page.errors)
    assert "First" not in marketer.get("/messages/campaigns").text


def test_variables_that_are_no_json_are_refused(agent):
    page = filled(agent, "x", "{")
    assert page.status == 422
    assert any("no JSON" in words for words in page.errors)


def test_a_template_of_a_megabyte_is_refused(agent):
    page = filled(agent, "x" * 1_000_000)
    assert page.status == 422


def test_html_of_a_variable_is_shown_as_text(agent):
    page = filled(agent, "{{ name }}", '{"name": "<script>alert(1)</script>"}')
    assert page.dom.select_one(".bubble").get_text() == "<script>alert(1)</script>"


def test_the_bench_answers_htmx_with_a_part_of_the_page(agent):
    answer = agent.htmx("/messages/bench", {"template": "Hi", "variables": ""}, target="div#bench")
    assert "<html" not in answer.html
    assert 'id="bench"' in answer.html


def test_a_copy_of_the_register_is_taken_to_the_bench(marketer):
    page = marketer.get("/messages/campaigns/new").press(
        "Add the campaign", name="First", code="a", sms="Hi {{ name }}"
    )
    bench = page.follow("Try the SMS on the bench")
    assert "Hi {{ name }}" in bench.dom.select_one("[name=template]").get_text()
    assert '"name": ""' in bench.dom.select_one("[name=variables]").get_text()


def test_a_kind_of_campaign_that_there_is_not_is_an_sms(marketer, desk):
    page = marketer.get("/messages/campaigns/new?kind=telegraph")
    assert page.status == 200
    page.press("Add the campaign", name="A", code="telegraph", sms="Hi")
    with desk.reading() as db:
        kept = db.scalars(select(Campaign).where(Campaign.code == "telegraph")).one()
    assert kept.kind == "sms"
