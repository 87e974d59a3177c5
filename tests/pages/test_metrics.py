"""/metrics: what Prometheus learns of the desk, and that it learns of nobody."""

from structlog.testing import capture_logs

from tests.adapters import Silent, trouble

TOKEN = "a token for prometheus"


def find_anna(agent):
    return agent.post("/customers/find", {"who": "anna.kowalska@example.com"})


def asked(stranger, token=TOKEN):
    return stranger.client.get("/metrics", headers={"Authorization": f"Bearer {token}"} if token else {})


def open_metrics(app):
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"metrics_token": TOKEN})


def test_without_a_token_in_the_settings_there_are_no_metrics(stranger):
    assert asked(stranger).status_code == 404


def test_nobody_reads_them_without_the_token(app, stranger):
    open_metrics(app)
    assert [asked(stranger, token).status_code for token in (None, "", "another", "ток")] == [401] * 4


def test_they_count_requests_by_page_and_calls_by_operation_and_outcome(app, agent, stranger):
    open_metrics(app)
    find_anna(agent)
    trouble(app, Silent())
    find_anna(agent)
    said = asked(stranger).get_data(as_text=True)
    assert 'desk46_request_seconds_count{method="GET",page="customers.show",status="200"}' in said
    assert 'desk46_call_seconds_count{operation="profile.Read",outcome="done"}' in said
    assert 'outcome="unreachable"' in said
    assert 'desk46_jobs{state="waiting"} 0.0' in said
    assert "desk46_write_wait_seconds_count" in said


def test_no_label_says_anything_of_a_person(app, agent, stranger):
    open_metrics(app)
    find_anna(agent)
    said = asked(stranger).get_data(as_text=True)
    assert not any(word in said for word in ("anna", "kowalska", "demo", "support@"))


def test_a_slow_request_logs_what_it_cost_and_a_quick_one_does_not(app, agent):
    def line():
        with capture_logs() as lines:
            find_anna(agent)
        return next(line for line in lines if line["event"] == "request" and line["method"] == "POST")

    assert "statements" not in line()
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"slow_request": 1e-9})
    slow = line()
    assert slow["statements"] > 0
    assert slow["calls"] == 1
    assert {"statements_ms", "calls_ms"} <= slow.keys()
