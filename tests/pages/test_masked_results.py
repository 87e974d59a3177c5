"""What a form is answered with, for whom contacts are masked: what they typed stays whole when it is loaded again."""

import json

import pytest

from tests.pages.test_segments_lists import compare, left

TYPED, ANNA = "+79990000077", "anna.kowalska@example.com"


@pytest.fixture(autouse=True)
def masked(app, settings):
    app.extensions["settings"] = settings.model_copy(update={"masked": "viewer,support,marketer"})


def test_a_message_that_was_filled_from_a_profile_keeps_what_was_typed_and_can_be_looked_at(marketer):
    page = marketer.get("/messages/new?kind=sms").press("Fill", code="courier", phone=TYPED, persona=ANNA)
    assert page.path.startswith("/results/")
    again = marketer.get(page.full_path)
    assert again.dom.select_one("[name=phone]")["value"] == TYPED
    looked_at = again.press("Look at what will be sent")
    assert (looked_at.status, looked_at.h1) == (200, "Look before it goes")


def test_what_rees46_said_is_masked_in_a_result_too(agent):
    page = compare(agent, ANNA, "carl@example.com", keep="either")
    assert left(page) == [ANNA, "carl@example.com"]
    found = agent.get("/customers/").press("Find", within="main", who="Kowalska")
    assert ANNA not in found.text


@pytest.mark.parametrize("number", ["8 (999) 000-00-02", "8 999 000–00–02", "'89990000002"])
def test_a_number_that_was_typed_is_whole_however_it_was_written(agent, number):
    assert left(compare(agent, f"{number}\nx@example.com", "carl@example.com")) == ["+79990000002", "x@example.com"]


def test_a_result_that_was_kept_whole_is_masked_once_its_reader_is(app, settings, agent):
    app.extensions["settings"] = settings.model_copy(update={"masked": ""})
    page = agent.get("/customers/").press("Find", within="main", who="nobody.at.all@example.com")
    app.extensions["settings"] = settings.model_copy(update={"masked": "support"})
    assert "nobody.at.all@" in page.text
    assert "nobody.at.all@" not in agent.get(page.full_path).text


def test_the_reference_is_the_same_for_everybody(viewer):
    assert json.loads(viewer.client.get("/reference/openapi.json").get_data(as_text=True))["openapi"]
    assert "•••" not in viewer.get("/reference/profile.Get").html
