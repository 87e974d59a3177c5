"""A page stands when REES46 does not."""

import pytest

from app.rees46.errors import Refused, Unreachable
from app.web.panels.standing import read_or


def test_what_is_read_stands_alone():
    assert read_or(lambda: [1], []) == ([1], None)


@pytest.mark.parametrize("error", [Unreachable("no answer", operation="x.Y"), Refused("No", operation="x.Y")])
def test_what_could_not_be_read_is_replaced_with_the_reason(app, error):
    def read():
        raise error

    with app.test_request_context():
        instead, words = read_or(read, ["kept"])
    assert instead == ["kept"]
    assert words["happened"]


def test_a_fault_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        read_or(lambda: 1 / 0, None)
