"""Finding customers: one box for every identifier, in any dress."""

from tests.adapters import Answering, Silent, trouble

ANNA = "anna.kowalska@example.com"


WAYS_TO_ANNA = [
    ANNA,
    "  Anna.Kowalska@Example.COM ",
    "mailto:anna.kowalska@example.com.",
    "Anna Kowalska <anna.kowalska@example.com>",
    "anna.kowalska @ example.com",
    "+447700900101",
    "44 7700 900101",
    "0044 (7700) 900-101",
    "447700900101",
    "BIKE-0001",
    "10001",
    "anna-laptop",
    "anna.k@example.org",
    "OLD-77",
    "Anna, tel. +44 7700 900-101",
    f"{ANNA} +44 7700 900101",
]
WAYS_TO_CALL_VERA = [
    "8 (999) 000-00-02",
    "+7 999 000 00 02",
    "79990000002",
    "9990000002",
    "+8 999 0000002",
    "8-999-ООО-ОО-О2",
]


def test_a_customer_is_found_by_whatever_identifies_them(agent):
    box = agent.get("/customers/")
    found = {typed: box.press("Find", within="main", who=typed).h1 for typed in WAYS_TO_ANNA}
    assert found == dict.fromkeys(WAYS_TO_ANNA, "Anna Kowalska")


def test_a_phone_number_is_read_in_any_format(agent):
    box = agent.get("/customers/")
    found = {typed: box.press("Find", within="main", who=typed).h1 for typed in WAYS_TO_CALL_VERA}
    assert found == dict.fromkeys(WAYS_TO_CALL_VERA, "Вера Соколова")


def test_a_lookup_leads_to_the_same_link_whatever_was_typed(agent):
    page = agent.get("/customers/")
    ways = [ANNA, "447700900101", "BIKE-0001", "anna-phone"]
    assert len({page.press("Find", within="main", who=way).path for way in ways}) == 1


def test_the_link_works_for_a_colleague(agent, viewer):
    path = agent.get("/customers/").press("Find", within="main", who=ANNA).path
    assert viewer.get(path).h1 == "Anna Kowalska"


def test_every_role_may_look_customers_up(someone):
    for role in ("viewer", "support", "marketer", "admin"):
        page = someone(role).get("/customers/").press("Find", who=ANNA)
        assert page.h1 == "Anna Kowalska", role


def test_the_bar_of_every_page_finds_too(agent):
    page = agent.get("/account/")
    form = page.dom.select_one(".bar form.search")
    assert form["action"] == "/s/demo/customers/find"
    assert agent.post(form["action"], {"who": ANNA}).h1 == "Anna Kowalska"


def test_two_identifiers_of_two_people_show_both(agent):
    page = agent.get("/customers/").press("Find", within="main", who=f"{ANNA} 79990000002")
    assert page.h1 == "Two different customers"
    assert "Anna Kowalska" in page.text
    assert "Вера Соколова" in page.text
    assert page.follow("Open the profile", within="#person-2").h1 == "Вера Соколова"


def test_what_was_typed_in_vain_beside_an_address_is_said(agent):
    page = agent.get("/customers/").press("Find", within="main", who=f"{ANNA}, 89991112233")
    assert page.h1 == "Anna Kowalska"
    assert "leads to nobody" in page.messages
    assert "phone number" in page.messages


def test_nobody_found_says_where_was_looked(agent):
    page = agent.get("/customers/").press("Find", within="main", who="8 999 111-22-33")
    assert page.h1 == "Nobody found"
    assert "Phone number +7 999 111-22-33" in page.text
    assert "Loyalty ID, own ID, device 8 999 111-22-33" in page.text


TYPOS = [
    ("anna.kowalska@exmaple.com", ANNA),
    ("anna.kowalska@example,com", ANNA),
    ("anna.kowlaska@example.com", ANNA),
    ("ella.email.example.com", "ella.email@example.com"),
    ("аnna.kowalska@example.com", ANNA),  # the first letter is Cyrillic
    ("+7 999 000 00 20", "+7 999 000-00-02"),
    ("+7 999 000 00 2", "+7 999 000-00-02"),
]


def test_a_typing_mistake_is_understood(agent):
    box = agent.get("/customers/")
    for typed, meant in TYPOS:
        page = box.press("Find", within="main", who=typed)
        assert page.h1 == "Nobody found"
        assert page.link(meant, within="#meant"), typed


def test_a_name_finds_nobody_and_the_page_says_why(agent):
    page = agent.get("/customers/").press("Find", within="main", who="Anna Kowalska")
    assert page.h1 == "Nobody found"
    assert "not by name" in page.text


def test_a_name_that_is_markup_stays_text(agent):
    page = agent.get("/customers/").press("Find", within="main", who="html@example.com")
    assert page.h1 == "<b>Robert</b> <script>alert(1)</script>"


def test_what_cannot_be_looked_up_is_refused(agent):
    for typed in ("", "   ", "x" * 201, "anna\0@example.com", "x" * 1_000_000):
        page = agent.post("/customers/find", {"who": typed})
        assert page.status == 422
        assert page.errors


ODD = ["=1+1", "<script>", "' OR 1=1 --", "🚲", "@", "+", "\u202eevil", "a@b", "%00", "{}", "1" * 190]


def test_odd_text_finds_nobody_and_breaks_nothing(agent):
    for typed in ODD:
        assert agent.post("/customers/find", {"who": typed}).h1 == "Nobody found", typed


def test_a_reload_of_the_lookup_leads_back_to_the_box(agent):
    assert agent.get("/customers/find").path == "/customers/"


def test_recent_customers_are_listed_for_who_opened_them(agent, viewer):
    agent.post("/customers/find", {"who": ANNA})
    assert "Anna Kowalska" in agent.get("/customers/").text
    assert "Anna Kowalska" not in viewer.get("/customers/").text


def test_strangers_are_sent_to_sign_in(stranger):
    assert stranger.get("/customers/").path == "/account/sign-in"


def test_silence_of_rees46_is_told(app, agent):
    trouble(app, Silent())
    page = agent.post("/customers/find", {"who": ANNA})
    assert page.status == 502
    assert "did not answer" in page.text
    assert "Nothing was changed" in page.text


def test_too_many_requests_are_told(app, agent):
    trouble(app, Answering(429, b'{"status": "error"}', {"Retry-After": "60"}))
    page = agent.post("/customers/find", {"who": ANNA})
    assert "too many requests" in page.text


def test_an_installation_that_knows_no_loyalty_lookup_just_finds_nobody(app, agent):
    trouble(app, Answering(400, b'{"status": "error", "payload": {"message": "Identifier is not valid"}}'))
    assert agent.post("/customers/find", {"who": "BIKE-0001"}).h1 == "Nobody found"
