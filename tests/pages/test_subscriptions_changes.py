"""The feed of subscription changes: a list, a chart by day, a file."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest

from app.pages.subscriptions import log
from app.rees46.subscriptions import Change
from tests.adapters import Answering, Silent, trouble

PATH = "/subscriptions/changes"
TODAY = date.today()  # noqa: DTZ011  # the seed ends today
YEAR = f"?from={TODAY - timedelta(days=360)}&to={TODAY}"


class TestTheList:
    def test_it_tells_who_what_how_and_when(self, agent):
        page = agent.get(PATH + YEAR)
        contact, what, kind, source, when = page.rows()[0]
        assert "@" in contact or contact.startswith("+")
        assert when[:4] in {str(TODAY.year), str(TODAY.year - 1)}
        assert all((what, kind, source))

    def test_filters_stand_in_the_address_and_narrow_the_list(self, agent):
        page = agent.get(f"{PATH}{YEAR}&event=unsubscribe&channel=unsubscribe_page")
        assert {row[1] for row in page.rows()} == {"Unsubscribed"}
        assert all(row[3].startswith("Unsubscribe page") for row in page.rows())

    def test_older_rows_are_reached_without_skipping_more_than_a_day(self, agent, monkeypatch):
        monkeypatch.setattr(log, "SHOWN", 3)
        seen, page = [], agent.get(PATH + YEAR)
        for _ in range(4):
            seen += [(row[0], row[4], row[1], kind) for row in page.rows() for kind in row[2].split(", ")]
            page = page.follow("Older")
        assert len(seen) == len(set(seen)) == 12
        assert [when for _who, when, *_ in seen] == sorted((when for _who, when, *_ in seen), reverse=True)
        assert page.follow("Back to the newest").rows() == agent.get(PATH + YEAR).rows()

    def test_nothing_and_nothing_left_are_told_apart(self, agent):
        assert "Nothing matches these filters" in agent.get(f"{PATH}?from=2001-01-01&to=2001-01-02").text

    def test_days_in_the_wrong_order_are_refused_in_words(self, agent):
        page = agent.get(f"{PATH}?from=2026-03-02&to=2026-03-01")
        assert page.status == 422
        assert "The last day is before the first." in page.text

    @pytest.mark.parametrize(
        "query",
        ["from=yesterday", "event=exploded", "at=x&skip=x", "skip=-1", f"skip={'9' * 20}", "from=0001-01-01", "%00=1"],
    )
    def test_nonsense_in_the_address_is_no_fault_of_ours(self, agent, query):
        assert agent.get(f"{PATH}?{query}").status in {200, 404, 422}

    def test_a_contact_leads_to_its_customer_by_post(self, agent):
        page = agent.get(PATH + YEAR)
        button = page.dom.select_one("button[name=who]")
        assert button["value"] not in page.answer.request.url
        assert button.find_parent("form")["method"] == "post"

    def test_a_viewer_sees_no_contacts_and_gets_no_file(self, viewer):
        page = viewer.get(PATH + YEAR)
        assert all("•••" in row[0] for row in page.rows())
        assert "Download CSV" not in page.text
        assert viewer.post(f"{PATH}/file", {}).status == 403

    def test_a_silent_rees46_fails_in_words(self, app, agent):
        trouble(app, Silent(), only="/subscriptions/changes")
        page = agent.get(PATH)
        assert page.status == 502
        assert "Nothing was changed." in page.text


class TestTheChart:
    def test_it_counts_each_day_and_shows_the_figures_as_a_table(self, agent):
        page = agent.get(f"{PATH}/chart?from={TODAY - timedelta(days=29)}&to={TODAY}")
        assert len(page.rows()) == 30
        assert "times subscribed" in page.text

    def test_the_list_loads_it_as_a_panel_that_fails_alone(self, app, agent):
        page = agent.get(PATH + YEAR)
        assert "Changes a day" in page.panel("chart").text
        trouble(app, Answering(503), only="/subscriptions/changes")
        panel = page.panel("chart")
        assert panel.status == 502
        assert "Try again" in panel.text

    def test_days_that_rees46_did_not_give_whole_are_left_out_and_that_is_said(self, agent, monkeypatch):
        monkeypatch.setattr(log, "AT_ONCE", 40)
        page = agent.get(f"{PATH}/chart{YEAR}")
        assert "so the chart begins later than asked" in page.text

    def test_no_change_at_all_is_said(self, agent):
        assert "No change in these days" in agent.get(f"{PATH}/chart?from=2001-01-01&to=2001-01-02").text


class TestTheFile:
    def take(self, agent, query=YEAR):
        return agent.get(PATH + query).press("Download CSV")

    def rows(self, answer):
        return list(csv.reader(StringIO(answer.html.removeprefix("\ufeff"))))

    def test_it_has_every_row_of_the_filters_and_opens_in_excel(self, agent, monkeypatch):
        monkeypatch.setattr(log, "FOR_A_FILE", 50)
        answer = self.take(agent)
        header, *rows = self.rows(answer)
        assert header == ["datetime", "contact_type", "contact", "campaign_type", "event", "channel", "ip"]
        assert len(rows) > 100
        assert len({tuple(row) for row in rows}) == len(rows)
        assert answer.html.startswith("\ufeff")
        assert "attachment" in answer.answer.headers["Content-Disposition"]

    def test_who_took_it_is_written_down(self, admin):
        self.take(admin)
        assert "Downloaded subscription changes" in admin.get("/trail/").text

    def test_when_rees46_is_away_it_is_a_page_and_not_half_a_file(self, app, agent):
        page = agent.get(PATH + YEAR)
        trouble(app, Answering(503), only="/subscriptions/changes")
        answer = page.press("Download CSV")
        assert answer.status == 502
        assert answer.h1 == "No answer from REES46"

    def test_when_it_goes_away_in_the_middle_the_file_says_so(self, app, agent, monkeypatch):
        monkeypatch.setattr(log, "FOR_A_FILE", 2)
        page = agent.get(PATH + YEAR)
        two = [
            {
                "contact_type": "email",
                "contact": "=1+1@x",
                "campaign_type": "bulk",
                "event": "subscribe",
                "channel": "api",
                "datetime": f"{TODAY} 10:00:0{n}",
                "ip": "",
            }
            for n in (1, 0)
        ]
        adapter = trouble(app, TwoThenSilence(two), only="/subscriptions/changes")
        rows = self.rows(page.press("Download CSV"))
        assert len(adapter.calls) > 1
        assert rows[1][2] == "'=1+1@x"
        assert rows[-1] == ["REES46 stopped answering here: this list is not whole."]


class TwoThenSilence(Answering):
    def __init__(self, rows):
        import json  # noqa: PLC0415  # one place

        super().__init__(200, json.dumps(rows).encode())

    def answer(self):
        if len(self.calls) > 1:
            self.status, self.body = 503, b"{}"
        return super().answer()


def test_a_place_in_the_list_is_a_day_and_the_rows_of_it_that_were_seen():
    def at(day, n):
        return Change(
            contact_type="email",
            contact="a@b.c",
            campaign_type="bulk",
            event="subscribe",
            channel="api",
            datetime=f"2026-11-{day} 10:00:0{n}",
        )

    start = log.Place(date(2026, 11, 21))
    first = start.after([at(21, 3), at(21, 2)])
    assert first == log.Place(date(2026, 11, 21), 2)
    assert first.after([at(21, 1), at(20, 9)]) == log.Place(date(2026, 11, 20), 1)
    assert first.after([at(21, 1)]) == log.Place(date(2026, 11, 21), 3)
