"""Serving a WSGI application in a process of its own, as production does."""

import os
import subprocess
import sys
from contextlib import contextmanager

from tests.patience import wait_until
from tests.serving import answers, free_port


@contextmanager
def served(target, **environment):
    """Give the address of `module:application`."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws", target],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: answers(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)
