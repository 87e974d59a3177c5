"""A line in the log for each request that somebody makes, none for those that machines repeat."""

import json

from app.web.http import assets


def requests_in(text):
    return [json.loads(line) for line in text.splitlines() if '"event": "request"' in line]


def test_a_page_has_its_line_by_rule_and_without_parameters(app, capsys):
    app.test_client().get("/account/sign-in?next=/customers&email=anna@example.com")
    (line,) = requests_in(capsys.readouterr().out)
    assert (line["method"], line["status"]) == ("GET", 200)
    assert "anna" not in json.dumps(line)


def test_assets_and_questions_of_health_have_none(app, capsys):
    with app.test_request_context():
        script = assets.asset("site.css")
    for address in (script, "/health", "/ready"):
        assert app.test_client().get(address).status_code == 200, address
    assert requests_in(capsys.readouterr().out) == []
