"""Processes of our code at the price of a fork: a server that has imported the heavy modules makes them.

`FORKS.Process(target=…, args=…)` is one; its target stands in a module, and what it is given can be pickled. That the
programs start by their command lines is tested by tests/run.
"""

import multiprocessing
from contextlib import contextmanager

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["app", "app.engine.worker.main", "app.engine.http.app", "app.store.schema"])


@contextmanager
def started(target, *calls):
    """Run a function once with each of these arguments, in processes of their own; what is left of them is killed."""
    processes = [FORKS.Process(target=target, args=arguments) for arguments in calls]
    for process in processes:
        process.start()
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.join()
