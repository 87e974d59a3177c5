"""Templates are filled in a child process, and a template that asks for too much loses the child, not the server."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.liquid import LONGEST_SOURCE, Unrenderable, render


def text(source, **variables):
    return render({"text": source}, variables).texts["text"]


def test_variables_filters_conditions_and_loops_work():
    items = [{"name": "bell"}, {"name": "шлем"}]
    source = (
        "{{ name | upcase }}:{% for item in items %} {{ item.name }}"
        "{% unless forloop.last %},{% endunless %}{% endfor %}"
    )
    assert text(source, name="anna", items=items) == "ANNA: bell, шлем"


def test_only_the_parts_that_are_html_escape_what_they_are_given():
    filled = render({"html": "<p>{{ name }}</p>", "subject": "{{ name }}"}, {"name": "A & <b>"}, html=["html", "other"])
    assert filled.texts == {"html": "<p>A &amp; &lt;b&gt;</p>", "subject": "A & <b>"}


def test_missing_variables_are_told_by_their_path_once_and_in_order():
    source = "{{ b }}{{ a.b[0].c }}{{ order.total | plus: 1 }}{% for i in list %}{% endfor %}{{ b }}"
    assert render({"text": source}, {"a": {"b": []}}).missing == ("b", "a.b[0].c", "order.total", "list")


def test_a_variable_that_may_lack_is_not_missed():
    filled = render({"text": "{{ name | default: 'friend' }}{% if vip %}!{% endif %}"}, {})
    assert (filled.texts["text"], filled.missing) == ("friend", ())


def test_a_variable_that_is_compared_is_missed():
    assert render({"text": "{% if level == 'gold' %}*{% endif %}"}, {}).missing == ("level",)


@pytest.mark.parametrize(
    ("source", "words", "line"),
    [
        ("{{ a | nonsense }}", "unknown filter", 1),
        ("\n\n{% for %}", "missing expression", 3),
        ("{{ 1 | divided_by: 0 }}", "divide by 0", 1),
        ("{% include 'secret' %}", "", 1),
        ("{% for i in (1..1000000) %}x{% endfor %}", "loop iteration limit", 1),
        ("{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 60, "namespace limit", None),
        ("{{ 'a' | ", "expected", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(source, words, line):
    with pytest.raises(Unrenderable) as caught:
        render({"fine": "x", "text": source}, {})
    assert words in caught.value.message
    assert caught.value.part == "text"
    assert caught.value.line == line or line is None


def test_what_takes_too_long_is_killed_and_the_next_is_served():
    started = time.monotonic()
    with pytest.raises(Unrenderable, match="takes longer than"):
        render({"text": "{" * 20_000}, {}, seconds=0.3)
    assert time.monotonic() - started < 5
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
