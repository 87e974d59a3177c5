"""Templates are filled in a child process, and a template that asks for too much loses the child, not the server."""

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice

import pytest

from app import liquid
from app.liquid import LONGEST_SOURCE, Busy, Remark, Unrenderable, render, variables_of
from app.liquid.pool import MOST_WAITING, Pool

QUADRATIC = '{{ "' + "<" * 90_000 + '" | strip_html }}'


def text(source, **variables):
    return render({"text": source}, variables).texts["text"]


def test_variables_filters_conditions_and_loops_work():
    items = [{"name": "bell"}, {"name": "шлем"}]
    source = (
        "{{ name | upcase }}:{% for item in items %} {{ item.name }}"
        "{% unless forloop.last %},{% endunless %}{% endfor %}"
    )
    assert text(source, name="anna", items=items) == "ANNA: bell, шлем"


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("<p>{{ name }}</p>", "<p>A &amp; &lt;b&gt;</p>"),
        ("{{ '<br>' }}{{ name | append: '<br>' }}", "<br>A &amp; &lt;b&gt;<br>"),
        ("{{ name | escape }}{{ name | escape | upcase }}", "A &amp; &lt;b&gt;A &AMP; &LT;B&GT;"),
        ("{{ name | strip_html }}{{ lines | newline_to_br }}", "A &amp; &lt;i<br />\n&gt;"),
        ("{% capture b %}<b>{{ name }}</b>{% endcapture %}{{ b }}", "<b>A &amp; &lt;b&gt;</b>"),
        ("{{ names | join: '<br>' }}{{ names }}", "&lt;a&gt;<br>&lt;b&gt;&lt;a&gt;&lt;b&gt;"),
        ("{{ '%3Cb%3E' | url_decode }}", "&lt;b&gt;"),
        ("{{ name | replace: 'A', '<i>' | split: ' ' | first }}", "<i>"),
    ],
)
def test_in_html_what_is_given_is_escaped_once_and_what_the_template_says_is_not(source, filled):
    given = {"name": "A & <b>", "lines": "<i\n>", "names": ["<a>", "<b>"]}
    assert render({"html": source}, given, html=["html", "other"]).texts["html"] == filled


def test_only_the_parts_that_are_html_escape_what_they_are_given():
    filled = render({"html": "<p>{{ name }}</p>", "subject": "{{ name }}"}, {"name": "A & <b>"}, html=["html", "other"])
    assert filled.texts == {"html": "<p>A &amp; &lt;b&gt;</p>", "subject": "A & <b>"}


def test_missing_variables_are_told_by_their_path_once_and_in_order():
    source = "{{ b }}{{ a.b[0].c }}{{ order.total | plus: 1 }}{% for i in list %}{% endfor %}{{ b }}"
    assert render({"text": source}, {"a": {"b": []}}).missing == ("b", "a.b[0].c", "order.total", "list")


@pytest.mark.parametrize(
    "source",
    [
        "{{ name | default: 'friend' }}{% if vip %}!{% endif %}",
        "{{ name | strip | capitalize | default: 'friend' }}",
        "{% assign name = first_name | default: 'friend' %}{{ name }}",
        "{% assign name = first_name %}{{ name | default: 'friend' }}",
        "{% case level %}{% when 'gold' %}*{% else %}-{% endcase %}",
        "{% if level == 'gold' %}*{% else %}-{% endif %}",
        "{% unless level == 'gold' %}*{% else %}-{% endunless %}",
        "{% if level == blank %}-{% endif %}{% if level != nil %}+{% endif %}{% if level == '' %}{% endif %}",
        "{% if a and b or c %}{% elsif d %}{% endif %}{% unless e %}{% endunless %}",
        "{% for i in list %}{{ i }}{% else %}none{% endfor %}",
        "{% increment n %}{{ n }}{% capture c %}x{% endcapture %}{{ c }}{% assign d = 'x' %}{{ d }}",
        "{% for i in (1..2) %}{{ i }}{{ forloop.index }}{{ forloop.parentloop.index }}{% endfor %}",
    ],
)
def test_a_variable_that_may_lack_is_not_missed(source):
    assert render({"text": source}, {}).missing == ()


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("{% if level == 'gold' %}*{% endif %}", ("level",)),
        ("{% case level %}{% when 'gold' %}*{% endcase %}", ("level",)),
        ("{{ name | default: other }}", ("other",)),
        ("{% assign a = customer.name %}{{ a }}", ("customer.name",)),
        ("{% if name %}{{ name }}{% else %}{{ other }}{% endif %}", ("other",)),
        ("{% for i in items %}{{ i.name }}{% endfor %}", ("i.name",)),
    ],
)
def test_what_is_printed_or_compared_without_a_way_out_is_missed(source, missing):
    assert render({"text": source}, {"items": [{}]}).missing == missing


def test_the_variables_that_a_template_asks_for_are_named_without_those_it_makes_itself():
    source = (
        "{{ b }}{% for i in order.items %}{{ i.name }}{{ forloop.index }}{% endfor %}{{ i }}"
        "{% assign x = y | plus: z %}{{ x }}{{ w[k.l].m }}{% case c %}{% when d %}{{ e }}{% endcase %}"
    )
    asked = ("b", "order.items", "i", "y", "z", "w[k.l].m", "k.l", "c", "d", "e")
    assert variables_of({"text": source}) == asked
    assert render({"text": source}, {}).variables == asked


def test_what_its_writer_hardly_meant_is_told_with_its_line():
    filled = render({"text": "a\n{{ 1 | divided_by: 0 }}\n{{ a | nonsense }}\n{{ 'b' | upcase: }}"}, {"a": "c"})
    assert filled.texts["text"] == "a\nLiquid error: divided by 0\nc\nB"
    assert set(filled.remarks) == {
        Remark("text", 2, "divided by 0", is_printed=True),
        Remark("text", 3, "There is no filter 'nonsense'", is_printed=False),
        Remark("text", 4, "The end is no expression", is_printed=False),
    }


@pytest.mark.parametrize(
    ("source", "words", "line"),
    [
        ("{{ a }}\n{% nonsense %}", "Unknown tag 'nonsense'", 2),
        ("\n\n{% for %}", "Valid syntax: for [item] in [collection]", 3),
        ("{% if a %}\n{% endfor %}", "'endfor' is not a valid delimiter for if tags", 2),
        ("{% if a %}", "'if' tag was never closed", 1),
        ("{{ 'a' | ", "not properly terminated", 1),
        ("{% for i in (1..1000000) %}x{% endfor %}", "loop iteration limit", None),
        ("{{ (1..100000000) | join }}", "a range goes beyond the limit of 1,000,000 numbers", None),
        ("{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 60, "namespace limit", None),
        ("{% capture a %}" + "x" * 90_000 + "{% endcapture %}" + "{{ a }}" * 12, "prints more than 1,000,000", None),
        ("{% if a %}" * 101 + "{% endif %}" * 101, "Nesting too deep", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(source, words, line):
    with pytest.raises(Unrenderable) as caught:
        render({"fine": "x", "text": source}, {})
    assert words in caught.value.message
    assert caught.value.part == "text"
    assert caught.value.line == line


def test_what_takes_too_long_is_killed_and_the_next_is_served():
    with pytest.raises(Unrenderable, match="takes longer than"):
        render({"text": QUADRATIC}, {}, seconds=0.3)
    assert text("{{ a }}", a=1) == "1"


def test_what_takes_too_much_memory_is_stopped():
    inner = "{% for i in (1..9999) %}" + "x" * 90 + "{% endfor %}"
    with pytest.raises(Unrenderable):
        text("{% capture a %}" + inner + "{% endcapture %}{{ a | replace: 'x', a | size }}")
    assert text("still here") == "still here"


def test_a_source_without_end_is_not_even_tried():
    with pytest.raises(Unrenderable, match="longer than 100,000 characters"):
        text("x" * (LONGEST_SOURCE + 1))


def test_many_at_once_get_each_their_own():
    with ThreadPoolExecutor(16) as people:
        assert list(people.map(lambda number: text("{{ n }}", n=number), range(100))) == [str(n) for n in range(100)]


class HeldSandbox:
    """A process that answers when it is let go."""

    def __init__(self):
        self.has_begun, self.may_end, self.may_start = threading.Event(), threading.Event(), threading.Event()
        self.is_running = True

    def start(self):
        self.may_start.wait(20)
        self.is_running = True

    def run(self, job, seconds):
        self.has_begun.set()
        self.may_end.wait(20)
        return job


@pytest.fixture
def pool(monkeypatch):
    held = Pool(size=2)
    held._all = [HeldSandbox(), HeldSandbox()]
    held._idle = list(held._all)
    monkeypatch.setattr("app.liquid.pool.LONGEST_WAIT", 0.05)
    yield held
    for sandbox in held._all:
        sandbox.may_end.set()
        sandbox.may_start.set()
    held._all = []  # nothing to close when Python ends


def test_one_person_never_takes_all_processes_and_whoever_asks_too_often_is_turned_away(pool):
    sandboxes = list(pool._all)
    with ThreadPoolExecutor(4) as threads:
        threads.submit(pool.run, "job", 1, "hostile")
        assert sandboxes[1].has_begun.wait(20)
        with pytest.raises(Busy):  # there is one to be had, but not for the same person
            pool.run("job", 1, "hostile")
        other = threads.submit(pool.run, "hello", 1, "other")
        assert sandboxes[0].has_begun.wait(20)
        for sandbox in sandboxes:
            sandbox.may_end.set()
        assert other.result() == "hello"
        assert pool.run("again", 1, "hostile") == "again"


def test_of_many_at_once_those_beyond_the_queue_are_turned_away_without_waiting(pool, monkeypatch):
    monkeypatch.setattr("app.liquid.pool.LONGEST_WAIT", 20)
    sandboxes = list(pool._all)
    most = len(sandboxes) + MOST_WAITING
    with ThreadPoolExecutor(32) as threads:
        tried = [threads.submit(pool.run, "job", 1, f"person {number % 16}") for number in range(32)]
        for sandbox in sandboxes:
            assert sandbox.has_begun.wait(20)
        refused = list(islice(as_completed(tried, timeout=20), 32 - most))  # while nothing has been rendered yet
        assert all(isinstance(one.exception(), Busy) for one in refused)
        for sandbox in sandboxes:
            sandbox.may_end.set()
        assert [one.result(20) for one in tried if one not in refused] == ["job"] * most
    assert pool._jobs.total() == 0


def test_the_box_may_have_more_at_once_than_a_person(pool):
    for sandbox in pool._all:
        sandbox.may_end.set()
    with ThreadPoolExecutor(16) as threads:
        assert set(threads.map(lambda _: pool.run("job", 1), range(50))) == {"job"}


def test_nobody_waits_longer_than_the_limit_for_a_process(pool):
    with ThreadPoolExecutor(2) as threads:
        for name in ("one", "two"):
            threads.submit(pool.run, "job", 1, name)
        for sandbox in pool._all:
            assert sandbox.has_begun.wait(20)
        with pytest.raises(Busy):
            pool.run("job", 1)
        for sandbox in pool._all:
            sandbox.may_end.set()


def test_nobody_waits_for_a_killed_process_to_start_again(pool):
    for sandbox in pool._all:
        sandbox.may_end.set()
    killed = pool._idle[-1]
    killed.is_running = False
    assert pool.run("job", 1, "hostile") == "job"
    assert pool._idle == [sandbox for sandbox in pool._all if sandbox is not killed]
    assert pool.run("next", 1, "hostile") == "next"
    killed.may_start.set()
    with pool._change:
        assert pool._change.wait_for(lambda: killed in pool._idle, 20)


def test_the_owner_is_passed_on(monkeypatch):
    asked = []
    monkeypatch.setattr(liquid._pool, "run", lambda job, seconds, owner: asked.append(owner) or '{"variables": []}')
    variables_of({"text": "x"}, owner="person 7")
    assert asked == ["person 7"]
