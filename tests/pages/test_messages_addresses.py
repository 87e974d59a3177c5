"""Addresses of test messages that lead nowhere do no harm."""

import pytest


@pytest.mark.parametrize("path", ["/messages/?campaign=%00", "/messages/of/%00", "/communications/?theme=a%00b"])
def test_an_address_with_nul_leads_nowhere(marketer, path):
    assert marketer.get(path).status == 404


@pytest.mark.parametrize("path", ["?state=%27", "?person=abc", "?campaign=" + "x" * 5000, "?before=abc", "?to=x"])
def test_filters_that_mean_nothing_do_no_harm(marketer, path):
    assert marketer.get(f"/messages/{path}").status in {200, 404}


def test_there_is_no_such_message(marketer):
    assert marketer.get("/messages/999").status == 404
    assert marketer.get("/messages/new?again=999").status == 404
    assert marketer.get("/messages/new?campaign=999").status == 404
