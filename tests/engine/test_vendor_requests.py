"""Every request that the vendor's reference prints for these operations, sent as printed to the seeded box.

`line` is where the reference prints it, `with` fills in what the reference leaves out. An answer `is` what is printed,
`says` at least that, `has` items that say at least that, or has these `names`.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

PRINTED = [
    pytest.param(request, id=f"{path.stem}-{place}")
    for path in sorted((Path(__file__).parents[1] / "rees46" / "printed").glob("*.json"))
    for place, request in enumerate(json.loads(path.read_text()))
]
KEYS = {"shop_id": "demo", "shop_secret": "demo-secret"}
STAND_INS = {
    "SHOP_ID": "demo",
    "SHOPID": "demo",
    "SHOP_SECRET": "demo-secret",
    "SECRET": "demo-secret",
    "NEW_EMAIL": "new@example.com",
    "OLD_EMAIL": "user@example.com",
    "EMAIL": "user@example.com",
    "PHONE": "+15554443322",
    "SEGMENT_ID": "313",
    "PROMOCODE_LIST_ID": "3184",
}


@pytest.mark.parametrize("printed", PRINTED)
def test_a_printed_request_is_answered_as_documented(seeded_wire, printed):
    answer = seeded_wire.open(**how(printed["request"], printed.get("with", {})))
    expected = printed["answer"]
    assert answer.status_code == expected["status"], answer.text
    assert answer.headers.get("Location") == expected.get("location")
    if "is" in expected:
        assert answer.json == expected["is"]
    assert expected.get("says", {}).items() <= first(answer.json).items()
    assert all(any(wanted.items() <= item.items() for item in answer.json) for wanted in expected.get("has", []))
    assert expected.get("names") in (None, list(first(answer.json)))


def test_no_printed_request_is_lost():
    """84 cURL lines and the three bodies that three of them offer instead in 000; nine JSON bodies in 002."""
    lines = [printed["line"] for (printed,) in (param.values for param in PRINTED) if "line" in printed]
    assert len(set(lines)) == len(lines)
    assert Counter(line.partition(":")[0] for line in lines) == {"000": 87, "002": 9}


def how(request, also):
    """The request with what the reference leaves to the reader."""
    sent = {"method": request["method"], "path": filled(request["url"], also)}
    if "form" in request:
        body = filled(request["form"], also)
        return sent | {"data": body, "content_type": "application/x-www-form-urlencoded"}
    if "text" in request:
        return sent | {"data": request["text"], "content_type": "application/json"}
    return sent | ({"json": request["json"] | KEYS | also} if "json" in request else {})


def filled(text, also):
    for left_out, given in (also | STAND_INS).items():
        text = text.replace(left_out, given)
    return text


def first(said):
    """The object of an answer, or of its first item."""
    item = said[0] if isinstance(said, list) and said else said
    return item if isinstance(item, dict) else {}
