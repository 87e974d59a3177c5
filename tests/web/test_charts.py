"""Where the lines of a chart go."""

import pytest

from app.web.charts import scale, spread


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([3, 71], [0, 20, 40, 60, 80]),
        ([0], [0, 1]),
        ([], [0, 1]),
        ([1], [0, 1]),
        ([-5, 12], [-5, 0, 5, 10, 15]),
        ([0.1, 0.25], [0, 0.1, 0.2, 0.3]),
        ([1_000_000], [0, 250_000, 500_000, 750_000, 1_000_000]),
    ],
)
def test_ticks_are_round_and_take_in_zero_and_every_value(values, ticks):
    assert scale(values).ticks == ticks


def test_a_single_day_shows_as_a_bar_and_a_value_between_gaps_as_a_dot():
    assert scale([4]).bar(4, 1, 2) == "M333.33 100V0"
    assert scale([4]).bar(None, 2, 2) == ""
    assert scale([0, 4]).path([None, 4, None]) == "M500 0h0"


def test_a_line_goes_from_edge_to_edge():
    assert scale([0, 50, 100]).path([0, 50, 100]) == "M0 100L500 50L1000 0"


def test_a_missing_value_is_a_gap_not_a_zero():
    assert scale([0, 4]).path([4, 4, None, 0, 0]) == "M0 0L250 0M750 100L1000 100"


def test_the_surface_under_a_line_stops_at_a_gap():
    assert scale([0, 4]).area([4, 4, None, 0, 0]) == "M0 100L0 0L250 0L250 100ZM750 100L750 100L1000 100L1000 100Z"


def test_a_trend_fills_its_height():
    assert scale([100, 104], from_zero=False).path([100, 104]) == "M0 100L1000 0"


def test_labels_are_spread_evenly_with_both_ends():
    days = [str(number) for number in range(1, 32)]
    assert spread(days) == ["1", "16", "31"]
    assert spread(days[:14]) == ["1", "14"]
    assert spread(["a", "b"]) == ["a", "b"]
    assert spread(["a"]) == ["a"]
