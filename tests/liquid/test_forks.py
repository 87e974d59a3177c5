"""What decides in a template, named so that a test can try each way."""

import pytest

from app import liquid
from app.liquid import Fork


@pytest.mark.parametrize(
    ("template", "forks"),
    [
        ("{% if hours == 1 %}a{% else %}b{% endif %}", [Fork("hours", "==", 1)]),
        ("{% unless order.paid %}a{% endunless %}", [Fork("order.paid", "is there")]),
        (
            "{% if 3 < count and name contains 'A' %}a{% endif %}",
            [Fork("count", ">", 3), Fork("name", "contains", "A")],
        ),
        (
            "{% case tier %}{% when 'gold', 'silver' %}a{% else %}b{% endcase %}",
            [Fork("tier", "==", "gold"), Fork("tier", "==", "silver")],
        ),
        ("{% for item in order.items %}{% if item.new %}a{% endif %}{% endfor %}", [Fork("order.items", "each")]),
        ("{{ place | default: 'x' }}{{ place | upcase }}", [Fork("place", "default")]),
        ("{% assign a = b %}{% if a == 1 %}{% endif %}", []),
        (
            "{% if name == blank %}a{% endif %}{% if name != '' %}b{% endif %}",
            [Fork("name", "is there"), Fork("name", "!=", "")],
        ),
        ("{% if a == b %}x{% endif %}plain", []),
    ],
)
def test_what_decides_is_named(template, forks):
    assert list(liquid.forks_of({"a": template})) == forks


def test_what_decides_in_several_parts_is_named_once():
    assert liquid.forks_of({"a": "{% if x %}1{% endif %}", "b": "{% if x %}2{% endif %}"}) == (Fork("x", "is there"),)
