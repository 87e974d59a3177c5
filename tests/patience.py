"""Waiting for something to become true, no longer than it takes."""

import time


def wait_until(is_true, seconds=10.0, every=0.05):
    """Ask again and again; fail when the time is over. Gives what `is_true` gave."""
    deadline = time.monotonic() + seconds
    while not (answer := is_true()):
        assert time.monotonic() < deadline, f"Still not so after {seconds} seconds"
        time.sleep(every)
    return answer
